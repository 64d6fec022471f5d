"""Say of a game whether it is a draft, on sale or hidden, and whether copies of it could ever be promised."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = {"new": "created_at", "price": "price_from", "title": "sort_key"}


def upgrade() -> None:
    """Apply: every game that is there is on sale, unless it was hidden."""
    _drop_indexes()
    op.add_column("game", sa.Column("state", sa.String(length=40), nullable=False, server_default="draft"))
    op.add_column("game", sa.Column("was_in_stock", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE game SET state = CASE WHEN archived_at IS NULL THEN 'on_sale' ELSE 'hidden' END")
    op.execute(
        "UPDATE game SET was_in_stock = true WHERE in_stock OR id IN (SELECT edition.game_id FROM stock_movement"
        " JOIN stock_level ON stock_level.id = stock_movement.level_id"
        " JOIN edition ON edition.id = stock_level.edition_id)"
    )
    op.drop_column("game", "archived_at")
    _create_indexes("state = 'on_sale'")
    op.create_index("ix_game_state_sort_key_id", "game", ["state", "sort_key", "id"])


def downgrade() -> None:
    """Take back: a draft is hidden."""
    op.drop_index("ix_game_state_sort_key_id", "game")
    _drop_indexes()
    op.add_column("game", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE game SET archived_at = updated_at WHERE state <> 'on_sale'")
    op.drop_column("game", "was_in_stock")
    op.drop_column("game", "state")
    _create_indexes("archived_at IS NULL")


def _drop_indexes() -> None:
    for name in COLUMNS:
        for prefix in ("shown", "stock"):
            op.drop_index(f"ix_game_{prefix}_{name}", "game")


def _create_indexes(shown: str) -> None:
    where = sa.text(shown)
    for name, column in COLUMNS.items():
        for prefix, columns in (("shown", [column, "id"]), ("stock", ["in_stock", column, "id"])):
            op.create_index(f"ix_game_{prefix}_{name}", "game", columns, sqlite_where=where, postgresql_where=where)
