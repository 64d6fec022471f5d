"""The deeds on accounts and roles, one module per kind of thing."""

from shop.accounts.operations.roles import add_role, change_role, remove_role
from shop.accounts.operations.staff import (
    Hasher,
    add_staff,
    change_staff,
    deactivate,
    restore,
    set_demo_password,
    set_password,
)

__all__ = [
    "Hasher",
    "add_role",
    "add_staff",
    "change_role",
    "change_staff",
    "deactivate",
    "remove_role",
    "restore",
    "set_demo_password",
    "set_password",
]
