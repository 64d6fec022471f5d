"""Carts, and orders with their lines."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "cart",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_cart")),
    )
    op.create_index("ix_cart_created_at", "cart", ["created_at"])

    op.create_table(
        "customer_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("cart_key", sa.String(length=32), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("payment_method", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("discount_percent", sa.Integer(), nullable=False),
        sa.Column("discount_reason", sa.String(length=200), nullable=False),
        sa.Column("delivery_price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("total >= 0", name=op.f("ck_customer_order_total")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_order")),
        sa.UniqueConstraint("cart_key", name=op.f("uq_customer_order_cart_key")),
        sa.UniqueConstraint("key", name=op.f("uq_customer_order_key")),
    )
    unpaid = sa.text("payment = 'unpaid' AND state = 'placed'")
    op.create_index(
        "ix_customer_order_due", "customer_order", ["expires_at"], sqlite_where=unpaid, postgresql_where=unpaid
    )
    op.create_index("ix_customer_order_phone", "customer_order", ["phone"])
    op.create_index("ix_customer_order_state_id", "customer_order", ["state", "id"])

    op.create_table(
        "cart_line",
        sa.Column("cart_key", sa.String(length=32), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_seen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 10", name=op.f("ck_cart_line_quantity")),
        sa.ForeignKeyConstraint(
            ["cart_key"], ["cart.key"], name=op.f("fk_cart_line_cart_key_cart"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_cart_line_edition_id_edition")),
        sa.PrimaryKeyConstraint("cart_key", "edition_id", name=op.f("pk_cart_line")),
    )
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.String(length=40), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_line_quantity")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_order_line_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["customer_order.id"], name=op.f("fk_order_line_order_id_customer_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "edition_id", name=op.f("uq_order_line_order_id_edition_id")),
    )
    op.create_index("ix_order_line_edition_id", "order_line", ["edition_id"])


def downgrade() -> None:
    """Take back."""
    for table in ("order_line", "cart_line", "customer_order", "cart"):
        op.drop_table(table)
