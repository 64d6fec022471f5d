"""Say of every row that never changes what kind of doer did it; add keys of deeds, versions and the outbox."""

import json

import sqlalchemy as sa
from alembic import op

from shop.migrations import immutable

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ACTED = ("audit_entry", "price_batch", "price_change", "stock_document", "stock_movement")
PUBLISHED = ("catalogue", "menu", "staff", "stock", "words")
DOER = "actor_id IS NOT NULL OR actor_kind IN ('command', 'guest')"
PERSONAL = "email"
HIDDEN = "…"


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    immutable.lift(connection)
    for table in ACTED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_actor_id_account", type_="foreignkey")
            batch.add_column(sa.Column("actor_kind", sa.String(40), nullable=False, server_default="command"))
            if table == "stock_document":
                batch.add_column(sa.Column("source_kind", sa.String(40), nullable=False, server_default=""))
                batch.add_column(sa.Column("source_key", sa.String(80), nullable=False, server_default=""))
        op.execute(f"UPDATE {table} SET actor_kind = 'staff' WHERE actor_id IS NOT NULL")
        with op.batch_alter_table(table) as batch:
            batch.alter_column("actor_kind", server_default=None, existing_type=sa.String(40))
            batch.create_check_constraint("actor", DOER)
            if table == "stock_document":
                batch.alter_column("source_kind", server_default=None, existing_type=sa.String(40))
                batch.alter_column("source_key", server_default=None, existing_type=sa.String(80))
    op.create_index("ix_stock_document_source", "stock_document", ["source_kind", "source_key"])
    _forget_addresses(connection)
    _add_tables()


def downgrade() -> None:
    """Take back."""
    immutable.lift(op.get_bind())
    for table in ("outbox", "published_version", "done_deed"):
        op.drop_table(table)
    op.drop_index("ix_stock_document_source", "stock_document")
    for table in ACTED:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_actor"), type_="check")
            batch.drop_column("actor_kind")
            if table == "stock_document":
                batch.drop_column("source_kind")
                batch.drop_column("source_key")
            batch.create_foreign_key(f"fk_{table}_actor_id_account", "account", ["actor_id"], ["id"])


def _forget_addresses(connection: sa.Connection) -> None:
    """Leave of e-mail addresses in the audit only that they were set or changed."""
    entry = sa.table("audit_entry", sa.column("id"), sa.column("code"), sa.column("changes", sa.JSON))
    rows = connection.execute(sa.select(entry.c.id, entry.c.changes).where(entry.c.code.like("staff.%"))).all()
    for row_id, changes in rows:
        changes = json.loads(changes) if isinstance(changes, str) else changes
        if changes and PERSONAL in changes:
            hidden = [None if value is None else HIDDEN for value in changes[PERSONAL]]
            connection.execute(
                sa.update(entry).where(entry.c.id == row_id).values(changes=changes | {PERSONAL: hidden})
            )


def _add_tables() -> None:
    op.create_table(
        "done_deed",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("actor_name", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_done_deed")),
    )
    op.create_index("ix_done_deed_done_at", "done_deed", ["done_at"])
    published = op.create_table(
        "published_version",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_published_version")),
    )
    op.bulk_insert(published, [{"name": name, "number": 0} for name in PUBLISHED])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(500), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    waiting = sa.text("done_at IS NULL")
    op.create_index("ix_outbox_waiting", "outbox", ["due_at", "id"], sqlite_where=waiting, postgresql_where=waiting)
