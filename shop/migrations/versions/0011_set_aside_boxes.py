"""Add the boxes that stand aside because nobody knows their code."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAITING = sa.text("settled_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "set_aside_box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(48), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("set_aside_by", sa.String(120), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("document_id", sa.Integer()),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_set_aside_box_quantity")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_set_aside_box_location_id_location")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["stock_document.id"], name=op.f("fk_set_aside_box_document_id_stock_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_box")),
    )
    op.create_index(
        "ix_set_aside_box_waiting",
        "set_aside_box",
        ["set_aside_at", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("set_aside_box")
