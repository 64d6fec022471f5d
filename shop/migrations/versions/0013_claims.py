"""Holds of carts and allocations of orders: claims on copies that stay on the shelf."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cart_key", sa.String(length=32), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_hold_quantity")),
        sa.ForeignKeyConstraint(["level_id"], ["stock_level.id"], name=op.f("fk_hold_level_id_stock_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("cart_key", "level_id", name=op.f("uq_hold_cart_key_level_id")),
    )
    op.create_index("ix_hold_level_id_expires_at", "hold", ["level_id", "expires_at"])
    op.create_index("ix_hold_expires_at", "hold", ["expires_at"])
    op.create_index("ix_hold_address_expires_at", "hold", ["address", "expires_at"])
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_allocation_quantity")),
        sa.ForeignKeyConstraint(["level_id"], ["stock_level.id"], name=op.f("fk_allocation_level_id_stock_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("order_line_id", "level_id", name=op.f("uq_allocation_order_line_id_level_id")),
    )
    op.create_index("ix_allocation_level_id", "allocation", ["level_id"])


def downgrade() -> None:
    """Take back: without these tables nobody could give a claim back, so the copies are free."""
    games = (
        "SELECT edition.game_id FROM edition JOIN stock_level ON stock_level.edition_id = edition.id"
        " WHERE edition.archived_at IS NULL AND stock_level.on_hand > 0"
    )
    claimed = (
        "SELECT edition.game_id FROM edition JOIN stock_level ON stock_level.edition_id = edition.id"
        " WHERE stock_level.allocated <> 0 OR stock_level.held <> 0"
    )
    op.execute(f"UPDATE game SET in_stock = true WHERE id IN ({claimed}) AND id IN ({games})")  # our own
    op.execute("UPDATE stock_level SET allocated = 0, held = 0 WHERE allocated <> 0 OR held <> 0")
    op.drop_table("allocation")
    op.drop_table("hold")
