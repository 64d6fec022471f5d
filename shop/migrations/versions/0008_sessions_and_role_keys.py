"""Add sessions on the server and counts of tried passwords; give roles a version and a name that is unique in any case."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LONGEST_NAME = 80


def upgrade() -> None:
    """Apply."""
    _add_keys_of_roles()
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("user_agent", sa.String(300), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("device_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
    )
    op.create_index("ix_account_session_account_id_seen_at", "account_session", ["account_id", "seen_at"])
    op.create_table(
        "attempt_count",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt_count")),
    )
    op.create_index("ix_attempt_count_last_at", "attempt_count", ["last_at"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("attempt_count")
    op.drop_table("account_session")
    with op.batch_alter_table("role") as batch:
        batch.drop_constraint(op.f("uq_role_name_key"), type_="unique")
        batch.drop_column("name_key")
        batch.drop_column("version")
        batch.create_unique_constraint(op.f("uq_role_name"), ["name"])


def _add_keys_of_roles() -> None:
    with op.batch_alter_table("role") as batch:
        batch.drop_constraint(op.f("uq_role_name"), type_="unique")
        batch.add_column(sa.Column("name_key", sa.String(255)))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    _fill_keys(op.get_bind())
    with op.batch_alter_table("role") as batch:
        batch.alter_column("version", server_default=None, existing_type=sa.Integer())
        batch.alter_column("name_key", nullable=False, existing_type=sa.String(255))
        batch.create_unique_constraint(op.f("uq_role_name_key"), ["name_key"])


def _fill_keys(connection: sa.Connection) -> None:
    """The first of two roles whose names differ in capitals only keeps its name, the others get a number."""
    role = sa.table("role", sa.column("id"), sa.column("name"), sa.column("builtin"), sa.column("name_key"))
    rows = connection.execute(sa.select(role.c.id, role.c.name).order_by(role.c.builtin.desc(), role.c.id)).all()
    taken = {_key(name) for _, name in rows}
    given: set[str] = set()
    for role_id, name in rows:
        free, number = name, 1
        while _key(free) in given or (free != name and _key(free) in taken):
            number += 1
            ending = f" ({number})"
            free = name[: LONGEST_NAME - len(ending)] + ending
        given.add(_key(free))
        connection.execute(sa.update(role).where(role.c.id == role_id).values(name=free, name_key=_key(free)))


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())[:255]
