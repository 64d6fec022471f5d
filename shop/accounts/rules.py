"""What may be done and which built-in role may do it; no database."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from shop.errors import N_
from shop.words import Worded


class Permission(Worded):
    """One deed each, `<noun>:<verb>`."""

    AUDIT_READ = "audit:read", N_("See who did what")
    CATALOG_READ = "catalog:read", N_("See games and editions")  # and publishers, categories, mechanics
    CATALOG_WRITE = "catalog:write", N_("Add and change games and editions")
    COST_READ = "cost:read", N_("See cost prices")
    PRICE_WRITE = "price:write", N_("Reprice editions")
    REPORT_READ = "report:read", N_("See reports")  # stock and its worth on a date
    ROLE_WRITE = "role:write", N_("Create and change roles")
    STAFF_WRITE = "staff:write", N_("Add, change and deactivate staff")
    STOCK_ADJUST = "stock:adjust", N_("Set the quantity that was counted")
    STOCK_READ = "stock:read", N_("See levels and movements")
    STOCK_RECEIVE = "stock:receive", N_("Book deliveries")
    STOCK_REVERSE = "stock:reverse", N_("Undo bookings")
    STOCK_TRANSFER = "stock:transfer", N_("Transfer copies between locations")
    STOCK_WRITE = "stock:write", N_("Add and change locations")
    STOCK_WRITE_OFF = "stock:write_off", N_("Book copies off")
    TRANSLATION_WRITE = "translation:write", N_("Change the words of the interface")


_BOOKING = frozenset({Permission.CATALOG_READ, Permission.STOCK_READ})  # editions are found, levels are shown
NEEDS: Mapping[Permission, frozenset[Permission]] = {
    Permission.CATALOG_WRITE: frozenset({Permission.CATALOG_READ}),
    Permission.PRICE_WRITE: frozenset({Permission.CATALOG_READ}),
    Permission.STOCK_ADJUST: frozenset({Permission.STOCK_READ}),
    Permission.STOCK_RECEIVE: _BOOKING,
    Permission.STOCK_REVERSE: frozenset({Permission.STOCK_READ}),
    Permission.STOCK_TRANSFER: _BOOKING,
    Permission.STOCK_WRITE: frozenset({Permission.STOCK_READ}),
    Permission.STOCK_WRITE_OFF: _BOOKING,
}
"""Without what a permission is of no use: the pages on which its deeds are done."""


def lacking(permissions: Collection[Permission]) -> dict[Permission, list[Permission]]:
    """Which of some permissions need others that are not among them, and which ones; each sorted."""
    needed = {each: sorted(NEEDS.get(each, frozenset()) - set(permissions)) for each in sorted(set(permissions))}
    return {each: others for each, others in needed.items() if others}


OWNER = "owner"

_READ = {Permission.CATALOG_READ, Permission.STOCK_READ}

ROLES: Mapping[str, frozenset[Permission]] = {
    OWNER: frozenset(Permission),
    "manager": frozenset(Permission) - {Permission.ROLE_WRITE, Permission.STAFF_WRITE},
    "warehouse": frozenset(_READ | {Permission.STOCK_RECEIVE, Permission.STOCK_TRANSFER}),
    "translator": frozenset({Permission.TRANSLATION_WRITE}),
    "viewer": frozenset(_READ | {Permission.AUDIT_READ, Permission.REPORT_READ}),
}


ROLE_WORDS: Mapping[str, str] = {
    OWNER: N_("owner"),
    "manager": N_("manager"),
    "warehouse": N_("warehouse"),
    "translator": N_("translator"),
    "viewer": N_("viewer"),
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
