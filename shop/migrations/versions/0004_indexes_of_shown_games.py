"""Index the games that are not hidden by what they are sorted by; PostgreSQL can't sort behind an IS NULL column."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = {"new": "created_at", "price": "price_from", "title": "sort_key"}
OLD = {
    "ix_game_sort_key_id": ["sort_key", "id"],
    "ix_game_shown_sort": ["archived_at", "sort_key", "id"],
    "ix_game_shown_price": ["archived_at", "price_from", "id"],
    "ix_game_shown_new": ["archived_at", "created_at", "id"],
    "ix_game_stock_sort": ["archived_at", "in_stock", "sort_key", "id"],
    "ix_game_stock_price": ["archived_at", "in_stock", "price_from", "id"],
    "ix_game_stock_new": ["archived_at", "in_stock", "created_at", "id"],
}


def upgrade() -> None:
    """Apply."""
    for name in OLD:
        op.drop_index(name, "game")
    shown = sa.text("archived_at IS NULL")
    for name, column in COLUMNS.items():
        for prefix, columns in (("shown", [column, "id"]), ("stock", ["in_stock", column, "id"])):
            op.create_index(f"ix_game_{prefix}_{name}", "game", columns, sqlite_where=shown, postgresql_where=shown)


def downgrade() -> None:
    """Take back."""
    for name in COLUMNS:
        op.drop_index(f"ix_game_shown_{name}", "game")
        op.drop_index(f"ix_game_stock_{name}", "game")
    for name, columns in OLD.items():
        op.create_index(name, "game", columns)
