"""Keep by how much a batch of prices was changed; drop the key that `done_deed` has and the text that nothing reads."""

import sqlalchemy as sa
from alembic import op

from shop.migrations import immutable

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    immutable.lift(op.get_bind())
    with op.batch_alter_table("price_batch") as batch:
        batch.drop_constraint(op.f("uq_price_batch_idempotency_key"), type_="unique")
        batch.drop_column("idempotency_key")
        batch.add_column(sa.Column("percent", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("rounding", sa.String(length=40), nullable=True))
    op.drop_column("game", "search_text")


def downgrade() -> None:
    """Take back."""
    immutable.lift(op.get_bind())
    op.add_column("game", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("price_batch") as batch:
        batch.drop_column("rounding")
        batch.drop_column("percent")
        batch.add_column(sa.Column("idempotency_key", sa.String(length=80), nullable=True))
    op.execute("UPDATE price_batch SET idempotency_key = 'batch-' || id")
    with op.batch_alter_table("price_batch") as batch:
        batch.alter_column("idempotency_key", nullable=False, existing_type=sa.String(length=80))
        batch.create_unique_constraint(op.f("uq_price_batch_idempotency_key"), ["idempotency_key"])
