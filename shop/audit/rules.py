"""Who does a deed, what can happen, and how a change is written down; no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shop.errors import N_
from shop.words import Worded


class ActorKind(Worded):
    """What kind of doer it is: a job or a shell of the shop's own, who works here, customers, other programs."""

    COMMAND = "command", N_("command")
    CUSTOMER = "customer", N_("customer")
    GUEST = "guest", N_("guest")
    PROGRAM = "program", N_("program")
    STAFF = "staff", N_("staff member")


@dataclass(frozen=True)
class Actor:
    """Who does a deed. `id` is of the account or token; only a command and a guest have none.

    `name` is the name as it was at that time, kept for ever in rows that never change: so it is empty for customers
    and guests, who may ask to be forgotten. Raises ValueError for a doer that can't be.
    """

    kind: ActorKind
    name: str
    id: int | None = None

    def __post_init__(self) -> None:
        if (self.id is None) != (self.kind in (ActorKind.COMMAND, ActorKind.GUEST)):
            raise ValueError(f"a {self.kind} has {'no' if self.id is None else 'an'} id")
        if self.name and self.kind in (ActorKind.CUSTOMER, ActorKind.GUEST):
            raise ValueError("the name of a customer isn't kept with their deeds")

    @classmethod
    def staff(cls, id: int, name: str) -> "Actor":
        """Somebody who works here."""
        return cls(ActorKind.STAFF, name, id)

    @classmethod
    def customer(cls, id: int) -> "Actor":
        """A customer with an account."""
        return cls(ActorKind.CUSTOMER, "", id)

    @classmethod
    def guest(cls) -> "Actor":
        """A customer without an account."""
        return cls(ActorKind.GUEST, "")

    @classmethod
    def program(cls, id: int, name: str) -> "Actor":
        """Another program, by the id and the name of its token."""
        return cls(ActorKind.PROGRAM, name, id)

    @classmethod
    def command(cls, name: str) -> "Actor":
        """A shell or a job: the only doer that no account stands behind and that may do everything."""
        return cls(ActorKind.COMMAND, name)

    @property
    def columns(self) -> dict[str, Any]:
        """The doer as the three columns of a row."""
        return {"actor_kind": self.kind, "actor_id": self.id, "actor_name": self.name}


class AuditCode(Worded):
    """What can happen, `<noun>.<past participle>`."""

    BOX_SET_ASIDE = "box.set_aside", N_("set an unknown box aside")
    BOX_SETTLED = "box.settled", N_("settled a box that was set aside")
    CATEGORY_ADDED = "category.added", N_("added a category")
    CATEGORY_CHANGED = "category.changed", N_("renamed a category")
    CATEGORY_REMOVED = "category.removed", N_("deleted a category")
    EDITION_ADDED = "edition.added", N_("added an edition")
    EDITION_ARCHIVED = "edition.archived", N_("took an edition off sale")
    EDITION_CHANGED = "edition.changed", N_("changed an edition")  # anything but its price
    EDITION_CODE_ATTACHED = "edition.code_attached", N_("attached a code to an edition")
    EDITION_CODE_DETACHED = "edition.code_detached", N_("took a code away from an edition")
    EDITION_REPRICED = "edition.repriced", N_("changed a price")
    EDITION_RESTORED = "edition.restored", N_("put an edition on sale again")
    GAME_ADDED = "game.added", N_("added a game")
    GAME_ARCHIVED = "game.archived", N_("hid a game")
    GAME_CHANGED = "game.changed", N_("changed a game")
    GAME_PUBLISHED = "game.published", N_("put a game on sale")
    GAME_RESTORED = "game.restored", N_("showed a game again")
    LOCATION_ADDED = "location.added", N_("added a location")
    LOCATION_ARCHIVED = "location.archived", N_("archived a location")
    LOCATION_CHANGED = "location.changed", N_("renamed a location")
    LOCATION_RESTORED = "location.restored", N_("restored a location")
    MECHANIC_ADDED = "mechanic.added", N_("added a mechanic")
    MECHANIC_CHANGED = "mechanic.changed", N_("renamed a mechanic")
    MECHANIC_REMOVED = "mechanic.removed", N_("deleted a mechanic")
    ORDER_CANCELLED = "order.cancelled", N_("cancelled an order")
    ORDER_CONFIRMED = "order.confirmed", N_("confirmed an order")
    ORDER_DELIVERED = "order.delivered", N_("marked an order as delivered")
    ORDER_DISPATCHED = "order.dispatched", N_("dispatched an order")
    ORDER_EXPIRED = "order.expired", N_("cancelled an order that was not paid in time")
    ORDER_PICKED = "order.picked", N_("started to pick an order")
    ORDER_PLACED = "order.placed", N_("placed an order")
    PRICES_CHANGED = "prices.changed", N_("changed many prices")
    PRICES_UNDONE = "prices.undone", N_("took many prices back")
    PUBLISHER_ADDED = "publisher.added", N_("added a publisher")
    PUBLISHER_CHANGED = "publisher.changed", N_("renamed a publisher")
    PUBLISHER_REMOVED = "publisher.removed", N_("deleted a publisher")
    ROLE_ADDED = "role.added", N_("added a role")
    ROLE_CHANGED = "role.changed", N_("changed a role")
    ROLE_REMOVED = "role.removed", N_("deleted a role")
    SESSIONS_ENDED = "sessions.ended", N_("signed devices out")
    SIGN_IN_ACCEPTED = "sign_in.accepted", N_("signed in")
    SIGN_IN_REFUSED = "sign_in.refused", N_("could not sign in")
    SIGN_OUT_DONE = "sign_out.done", N_("signed out")
    STAFF_ADDED = "staff.added", N_("added an account")
    STAFF_CHANGED = "staff.changed", N_("changed an account")  # name, e-mail or roles
    STAFF_DEACTIVATED = "staff.deactivated", N_("deactivated an account")
    STAFF_PASSWORD_SET = "staff.password_set", N_("set a password")
    STAFF_RESTORED = "staff.restored", N_("restored an account")
    STOCK_ADJUSTED = "stock.adjusted", N_("adjusted a quantity")
    STOCK_DISPATCHED = "stock.dispatched", N_("dispatched copies")
    STOCK_RECEIVED = "stock.received", N_("received copies")
    STOCK_REVERSED = "stock.reversed", N_("undid a booking")
    STOCK_TRANSFERRED = "stock.transferred", N_("transferred copies")
    STOCK_WRITTEN_OFF = "stock.written_off", N_("wrote copies off")


SIGN_INS = frozenset({AuditCode.SIGN_IN_ACCEPTED, AuditCode.SIGN_IN_REFUSED, AuditCode.SIGN_OUT_DONE})
"""Who comes and goes: many a day, and none of them changes anything."""


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
