"""Reading accounts, roles and sessions, one module per kind of thing."""

from shop.accounts.queries.people import (
    account_by_email,
    account_by_id,
    all_accounts,
    demo_accounts,
    demo_passwords_in_use,
)
from shop.accounts.queries.roles import RoleWithPeople, all_roles, permissions_of_account, role_by_id, roles_with_people
from shop.accounts.queries.sessions import (
    OpenSession,
    is_known_device,
    open_session,
    open_sessions,
    person_with_sessions,
)

__all__ = [
    "OpenSession",
    "RoleWithPeople",
    "account_by_email",
    "account_by_id",
    "all_accounts",
    "all_roles",
    "demo_accounts",
    "demo_passwords_in_use",
    "is_known_device",
    "open_session",
    "open_sessions",
    "permissions_of_account",
    "person_with_sessions",
    "role_by_id",
    "roles_with_people",
]
