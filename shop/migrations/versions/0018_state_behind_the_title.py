"""Index the state of games behind their titles: SQLite took `state` in front for selective, and left better indexes."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_game_state_sort_key_id", "game")
    op.create_index("ix_game_sort_key_id_state", "game", ["sort_key", "id", "state"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_game_sort_key_id_state", "game")
    op.create_index("ix_game_state_sort_key_id", "game", ["state", "sort_key", "id"])
