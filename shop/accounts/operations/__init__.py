"""The deeds on accounts, roles, passwords and sessions, one module per kind of thing."""

from shop.accounts.operations.attempts import Tries, count_try, forgive
from shop.accounts.operations.passwords import OwnPassword, change_own_password, set_demo_password, set_password
from shop.accounts.operations.roles import add_role, change_role, remove_role
from shop.accounts.operations.sessions import (
    SEEN_EVERY,
    Browser,
    end_session,
    end_sessions,
    refuse_sign_in,
    see,
    sign_in,
    sign_out,
)
from shop.accounts.operations.staff import add_staff, change_staff, deactivate, restore
from shop.accounts.passwords import NewPassword

__all__ = [
    "SEEN_EVERY",
    "Browser",
    "NewPassword",
    "OwnPassword",
    "Tries",
    "add_role",
    "add_staff",
    "change_own_password",
    "change_role",
    "change_staff",
    "count_try",
    "deactivate",
    "end_session",
    "end_sessions",
    "forgive",
    "refuse_sign_in",
    "remove_role",
    "restore",
    "see",
    "set_demo_password",
    "set_password",
    "sign_in",
    "sign_out",
]
