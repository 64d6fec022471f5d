"""Add the five built-in roles with the permissions that they have at first."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWN_TO_OWNER = ["role:write", "staff:write"]
MANAGER = [
    "audit:read",
    "catalog:read",
    "catalog:write",
    "cost:read",
    "price:write",
    "report:read",
    "stock:adjust",
    "stock:read",
    "stock:receive",
    "stock:reverse",
    "stock:transfer",
    "stock:write",
    "stock:write_off",
    "translation:write",
]
ROLES = {
    "owner": sorted(MANAGER + OWN_TO_OWNER),
    "manager": MANAGER,
    "warehouse": ["catalog:read", "stock:read", "stock:receive", "stock:transfer"],
    "translator": ["translation:write"],
    "viewer": ["audit:read", "catalog:read", "report:read", "stock:read"],
}
role = sa.table(
    "role",
    sa.column("id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("builtin", sa.Boolean),
    sa.column("permissions", sa.JSON),
)


def upgrade() -> None:
    """Apply."""
    rows = [{"name": name, "builtin": True, "permissions": permissions} for name, permissions in ROLES.items()]
    op.bulk_insert(role, rows)


def downgrade() -> None:
    """Take back."""
    op.execute(sa.delete(role).where(role.c.name.in_(ROLES)))
