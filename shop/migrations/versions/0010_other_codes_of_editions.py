"""Add codes beside an edition's own SKU and barcode."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "edition_code",
        sa.Column("code", sa.String(48), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_edition_code_edition_id_edition")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_edition_code")),
    )
    op.create_index("ix_edition_code_edition_id", "edition_code", ["edition_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("edition_code")
