"""The words of the audit: actors, codes and how a change is written down; no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Who does a deed: the id of the account, None for a command, and the name as it was at that time."""

    id: int | None
    name: str


class AuditCode(StrEnum):
    """What can happen, `<noun>.<past participle>`."""

    CATEGORY_ADDED = "category.added"  # a new category
    CATEGORY_CHANGED = "category.changed"  # a category was renamed
    CATEGORY_REMOVED = "category.removed"  # an unused category was deleted
    EDITION_ADDED = "edition.added"  # a game got another edition
    EDITION_ARCHIVED = "edition.archived"  # an edition is no longer sold
    EDITION_CHANGED = "edition.changed"  # anything of an edition but its price
    EDITION_REPRICED = "edition.repriced"  # the price of an edition
    EDITION_RESTORED = "edition.restored"  # an archived edition is sold again
    GAME_ADDED = "game.added"  # a new game
    GAME_ARCHIVED = "game.archived"  # a game is no longer shown
    GAME_CHANGED = "game.changed"  # the facts of a game
    GAME_RESTORED = "game.restored"  # an archived game is shown again
    LOCATION_ADDED = "location.added"  # a new place for copies
    LOCATION_ARCHIVED = "location.archived"  # a place is no longer used
    LOCATION_CHANGED = "location.changed"  # a place was renamed
    LOCATION_RESTORED = "location.restored"  # an archived place is used again
    MECHANIC_ADDED = "mechanic.added"  # a new mechanic
    MECHANIC_CHANGED = "mechanic.changed"  # a mechanic was renamed
    MECHANIC_REMOVED = "mechanic.removed"  # an unused mechanic was deleted
    PRICES_CHANGED = "prices.changed"  # a batch of prices
    PRICES_UNDONE = "prices.undone"  # a batch of prices was taken back
    PUBLISHER_ADDED = "publisher.added"  # a new publisher
    PUBLISHER_CHANGED = "publisher.changed"  # a publisher was renamed
    PUBLISHER_REMOVED = "publisher.removed"  # an unused publisher was deleted
    ROLE_ADDED = "role.added"  # a role composed by the owner
    ROLE_CHANGED = "role.changed"  # the permissions of a role
    ROLE_REMOVED = "role.removed"  # an unused role was deleted
    STAFF_ADDED = "staff.added"  # a new account
    STAFF_CHANGED = "staff.changed"  # name, e-mail or roles of an account
    STAFF_DEACTIVATED = "staff.deactivated"  # an account can't sign in any more
    STAFF_PASSWORD_SET = "staff.password_set"  # a new password for an account
    STAFF_RESTORED = "staff.restored"  # a deactivated account may sign in again
    STOCK_ADJUSTED = "stock.adjusted"  # on hand was set to what was found on the shelf
    STOCK_RECEIVED = "stock.received"  # copies arrived
    STOCK_REVERSED = "stock.reversed"  # a booking was undone
    STOCK_TRANSFERRED = "stock.transferred"  # copies went from one place to another
    STOCK_WRITTEN_OFF = "stock.written_off"  # copies are gone


@dataclass(frozen=True)
class Subject:
    """What an entry is about: the kind of thing, its id and its name as it was at that time."""

    kind: str
    id: int
    label: str


Changes = dict[str, list[Any]]


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    """The fields that differ, each as [old, new] in a form that JSON holds."""
    return {name: [plain(before.get(name)), plain(value)] for name, value in after.items() if before.get(name) != value}


def plain(value: object) -> Any:
    """A value as JSON holds it: money and moments as text, lists of names as lists."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
