"""Mark which movements were booked under older rules, and know the forms that were sent before keys were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OF_DOCUMENTS = """
INSERT INTO done_deed (key, kind, fingerprint, answer, done_at, actor_kind, actor_id, actor_name)
SELECT idempotency_key, 'stock.' || kind, '', id, occurred_at, actor_kind, actor_id, actor_name
FROM stock_document
WHERE NOT EXISTS (SELECT 1 FROM done_deed WHERE done_deed.key = stock_document.idempotency_key)
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "older_stock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_movement_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_older_stock_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_older_stock")),
    )
    op.execute("INSERT INTO older_stock (id, last_movement_id) SELECT 1, coalesce(max(id), 0) FROM stock_movement")
    op.execute(OF_DOCUMENTS)


def downgrade() -> None:
    """Take back."""
    op.execute("DELETE FROM done_deed WHERE fingerprint = ''")
    op.drop_table("older_stock")
