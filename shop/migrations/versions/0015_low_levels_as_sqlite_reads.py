"""Say what runs low as SQLite's planner says it: a column that is compared with a sum comes first."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

AVAILABLE = "on_hand - allocated - held"


def upgrade() -> None:
    """Apply."""
    _index(f"{AVAILABLE} > 0 AND low_at >= {AVAILABLE}")


def downgrade() -> None:
    """Take back."""
    _index(f"{AVAILABLE} > 0 AND {AVAILABLE} <= low_at")


def _index(low: str) -> None:
    op.drop_index("ix_stock_level_low", "stock_level")
    where = sa.text(low)
    op.create_index(
        "ix_stock_level_low", "stock_level", ["last_moved_at", "id"], sqlite_where=where, postgresql_where=where
    )
