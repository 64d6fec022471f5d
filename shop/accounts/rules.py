"""What may be done and which built-in role may do it; no database."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache


class Permission(StrEnum):
    """One deed each, `<noun>:<verb>`."""

    AUDIT_READ = "audit:read"  # see who did what
    CATALOG_READ = "catalog:read"  # see games, editions, publishers, categories, mechanics
    CATALOG_WRITE = "catalog:write"  # add and change them
    COST_READ = "cost:read"  # see what copies cost the shop
    PRICE_WRITE = "price:write"  # change prices, one or many at once
    REPORT_READ = "report:read"  # see reports: stock and its worth on a date
    ROLE_WRITE = "role:write"  # compose roles
    STAFF_WRITE = "staff:write"  # add, change and deactivate accounts
    STOCK_ADJUST = "stock:adjust"  # set on hand to what was found on the shelf
    STOCK_READ = "stock:read"  # see levels and movements
    STOCK_RECEIVE = "stock:receive"  # book copies that arrived
    STOCK_REVERSE = "stock:reverse"  # undo a booking
    STOCK_TRANSFER = "stock:transfer"  # move copies between locations
    STOCK_WRITE = "stock:write"  # add and change locations
    STOCK_WRITE_OFF = "stock:write_off"  # book copies that are gone
    TRANSLATION_WRITE = "translation:write"  # change the words of the interface


OWNER = "owner"

_READ = {Permission.CATALOG_READ, Permission.STOCK_READ}

ROLES: Mapping[str, frozenset[Permission]] = {
    OWNER: frozenset(Permission),
    "manager": frozenset(Permission) - {Permission.ROLE_WRITE, Permission.STAFF_WRITE},
    "warehouse": frozenset(_READ | {Permission.STOCK_RECEIVE, Permission.STOCK_TRANSFER}),
    "translator": frozenset({Permission.TRANSLATION_WRITE}),
    "viewer": frozenset(_READ | {Permission.AUDIT_READ, Permission.REPORT_READ}),
}


def permissions_of(roles: Iterable[tuple[str, Iterable[str]]]) -> frozenset[Permission]:
    """What (name, permissions) pairs of roles open together; the owner's role always opens everything."""
    return _opened(tuple((name, tuple(permissions)) for name, permissions in roles))


@lru_cache(maxsize=256)
def _opened(roles: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[Permission]:
    """A page asks for dozens of permissions of the same roles."""
    known = {permission.value for permission in Permission}
    opened: set[Permission] = set()
    for name, permissions in roles:
        opened |= ROLES[OWNER] if name == OWNER else {Permission(p) for p in permissions if p in known}
    return frozenset(opened)
