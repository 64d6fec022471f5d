"""Index the levels by what is on hand, so that the list can be sorted by it."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_stock_level_on_hand_id", "stock_level", ["on_hand", "id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_stock_level_on_hand_id", "stock_level")
