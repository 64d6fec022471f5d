"""The one way in which `on_hand` changes: a document with movements, written set by set, all or nothing.

Locks come in one order: all levels of the editions ascending, then games ascending whose levels cross «none can be
promised», then the totals at the very end. So no two deeds wait for each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, column, insert, update, values
from sqlalchemy.exc import IntegrityError

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.columns import Money, UtcTime
from shop.db import constraint_of, db
from shop.errors import N_, Conflict, Invalid
from shop.once import answered
from shop.stock.models import StockDocument, StockLevel, StockMovement
from shop.stock.operations.levels import HeldLevel, OfEdition, editions_of
from shop.stock.operations.releasing import without_expired
from shop.stock.operations.showing import refresh_in_stock, refuse_retired, tell_the_storefront
from shop.stock.operations.totals import add_to_totals
from shop.stock.rules import DocumentKind, MovementKind, worth

HIGHEST_QUANTITY = 100_000
HIGHEST_ON_HAND = 10_000_000
HIGHEST_COST = Decimal(10_000_000)
MOST_LINES = 2_000
QUANTITY_WRONG = N_("A quantity must be a whole number from 1 to 100 000.")
FEWER_HERE = N_("At most %(free)s may be taken.")
TOO_MANY_LINES = N_("One document takes at most 2 000 lines. Book the rest in another one.")
WORTH_FALSE = N_(
    "Taking these copies back would leave a false worth. Set right what stands on the shelf by a write-off or by "
    "counting."
)
_CODES = {
    DocumentKind.ADJUSTMENT: AuditCode.STOCK_ADJUSTED,
    DocumentKind.DISPATCH: AuditCode.STOCK_DISPATCHED,
    DocumentKind.RECEIPT: AuditCode.STOCK_RECEIVED,
    DocumentKind.REVERSAL: AuditCode.STOCK_REVERSED,
    DocumentKind.TRANSFER: AuditCode.STOCK_TRANSFERRED,
    DocumentKind.WRITE_OFF: AuditCode.STOCK_WRITTEN_OFF,
}


@dataclass(frozen=True)
class Line:
    """So many copies of an edition. `unit_cost` in hryvnias is what one copy was bought for, if that is known."""

    edition_id: int
    quantity: int
    unit_cost: Decimal | None = None


@dataclass(frozen=True)
class Cause:
    """What a document says of itself: the supplier's paper, the reason, what it undoes, and the thing it serves.

    `source_kind` and `source_key` name a thing of a domain above this one: an order, a purchase order.
    """

    reference: str = ""
    reason: str = ""
    reverses_id: int | None = None
    source_kind: str = ""
    source_key: str = ""


@dataclass(frozen=True)
class Booking:
    """One movement to be made on a level. `value` fixes its worth; without it, it is the average cost of the level.

    `undoes` is the kind of the movement that it takes back.
    """

    level_id: int
    kind: MovementKind
    quantity: int
    unit_cost: Decimal | None = None
    value: Decimal | None = None
    reverses_id: int | None = None
    undoes: MovementKind | None = None


@dataclass(frozen=True)
class Booked:
    """A booking that was made: its worth, and how many copies the level has after it."""

    booking: Booking
    value: Decimal
    balance_after: int


def booked_once(
    kind: DocumentKind, deed: Callable[[], int], *, key: str, asked: object, actor: Actor, at: datetime
) -> StockDocument:
    """The document that this key makes, or made when it was sent before with the same content.

    Raises Conflict when the key was used for anything else, and what the deed raises.
    """
    document_id = answered(key, deed, kind=f"stock.{kind}", asked=asked, actor=actor, at=at)
    return db.session.get_one(StockDocument, document_id)


def checked_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines summed per edition and cost, in ascending edition. Raises Invalid when a quantity can't be right."""
    sums: dict[tuple[int, Decimal | None], int] = {}
    for count, line in enumerate(lines, 1):
        if count > MOST_LINES:
            raise Invalid("too_many_lines", TOO_MANY_LINES, field="quantity")
        if line.unit_cost is not None and not 0 <= line.unit_cost <= HIGHEST_COST:
            raise Invalid("cost_wrong", N_("A cost is from 0 to 10 000 000 hryvnias."), field="unit_cost")
        spot = (line.edition_id, line.unit_cost)
        sums[spot] = sums.get(spot, 0) + line.quantity
        if line.quantity < 1 or sums[spot] > HIGHEST_QUANTITY:
            raise Invalid("quantity_wrong", QUANTITY_WRONG, field="quantity")
    if not sums:
        raise Invalid("no_lines", N_("Add at least one edition."), field="quantity")
    ordered = sorted(sums.items(), key=lambda item: item[0][0])
    return [Line(edition_id, quantity, cost) for (edition_id, cost), quantity in ordered]


def needed(reason: str) -> str:
    """The reason. Raises Invalid without one."""
    reason = reason.strip()[:500]
    if not reason:
        raise Invalid("reason_missing", N_("Say why: the reason stays with the booking."), field="reason")
    return reason


def book(
    kind: DocumentKind,
    cause: Cause,
    held: Sequence[HeldLevel],
    bookings: Sequence[Booking],
    *,
    seen: Sequence[HeldLevel] | None = None,
    key: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Make a document with its movements on levels that are held already; the id of the document.

    `seen` are these levels as shoppers saw them, where the deed gave up claims on them before.

    It happens at `at`, or at the last movement of one of its levels if that is later: clocks differ and waiting for a
    lock takes time, but what happened to a level never goes back in time. Raises Conflict naming every edition with
    too few copies, or every one that is off sale and would get copies.
    """
    levels = {level.id: level for level in without_expired(held, at=at)}
    editions = editions_of({level.edition_id for level in held})
    _refuse_shortages(bookings, levels, editions)
    made, after = _reckoned(bookings, levels, editions)
    moment = max([at, *(level.last_moved_at for level in held if level.last_moved_at)])
    document_id = _write_document(kind, cause, key=key, actor=actor, at=moment)
    _write_movements(made, document_id, reason=cause.reason, actor=actor, at=moment)
    _write_levels(after, at=moment)
    refresh_in_stock(seen or held, after, editions)
    refuse_retired(levels[each.booking.level_id].edition_id for each in made if each.booking.quantity > 0)
    _note(kind, made, levels, editions, document_id, reason=cause.reason, actor=actor, at=moment)
    add_to_totals([(levels[each.booking.level_id], each) for each in made], held, after, document_id, at=moment)
    tell_the_storefront(seen or held, after, editions)
    return document_id


def _refuse_shortages(
    bookings: Sequence[Booking], levels: dict[int, HeldLevel], editions: dict[int, OfEdition]
) -> None:
    demand: dict[int, int] = {}
    for booking in bookings:
        demand[booking.level_id] = demand.get(booking.level_id, 0) + booking.quantity
    short = [levels[level_id] for level_id, change in demand.items() if change < 0 and levels[level_id].free < -change]
    if short:
        raise _shortage(sorted(short, key=lambda level: level.id), editions)
    if any(levels[level_id].on_hand + change > HIGHEST_ON_HAND for level_id, change in demand.items()):
        raise Conflict("too_many", N_("No shelf holds more than 10 000 000 copies. Look at the quantity again."))


def _shortage(levels: Iterable[HeldLevel], editions: dict[int, OfEdition]) -> Conflict:
    short = list(levels)
    missing = "; ".join(f"{editions[level.edition_id].label}: {level.free}" for level in short)
    lines = {level.edition_id: Conflict("too_few_here", FEWER_HERE, free=level.free) for level in short}
    return Conflict("too_few", N_("Too few copies. What may be taken — %(missing)s."), lines=lines, missing=missing)


def _reckoned(
    bookings: Sequence[Booking], levels: dict[int, HeldLevel], editions: dict[int, OfEdition]
) -> tuple[list[Booked], dict[int, HeldLevel]]:
    """What each booking is worth one after another, and the levels as they are after all of them."""
    after, made = dict(levels), []
    for booking in sorted(bookings, key=lambda booking: (booking.level_id, booking.quantity)):
        level = after[booking.level_id]
        value = booking.value
        if value is None:
            own_cost = booking.unit_cost if booking.unit_cost is not None else editions[level.edition_id].cost
            given = booking.unit_cost is not None
            value = worth(booking.quantity, value=level.value, on_hand=level.on_hand, cost=own_cost, at_cost=given)
        level = replace(level, on_hand=level.on_hand + booking.quantity, value=level.value + value)
        after[booking.level_id] = level
        made.append(Booked(booking, value, level.on_hand))
    return made, after


def _write_document(kind: DocumentKind, cause: Cause, *, key: str, actor: Actor, at: datetime) -> int:
    document = StockDocument(kind=kind, idempotency_key=key, occurred_at=at, **actor.columns)
    document.reference, document.reason = cause.reference.strip()[:120], cause.reason[:500]
    document.reverses_id = cause.reverses_id
    document.source_kind, document.source_key = cause.source_kind, cause.source_key
    db.session.add(document)
    try:
        db.session.flush()
    except IntegrityError as error:
        if "reverses_id" in constraint_of(error):
            raise Conflict("already_undone", N_("This has been undone already.")) from error
        raise
    return document.id


def _write_movements(made: Sequence[Booked], document_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    shared = {"document_id": document_id, "reason": reason[:500], "occurred_at": at} | actor.columns
    rows = [
        shared
        | {
            "level_id": each.booking.level_id,
            "kind": each.booking.kind,
            "quantity": each.booking.quantity,
            "balance_after": each.balance_after,
            "unit_cost": each.booking.unit_cost,
            "value": each.value,
            "reverses_id": each.booking.reverses_id,
            "idempotency_key": f"{document_id}:{each.booking.level_id}:{each.booking.kind}:{place}",
        }
        for place, each in enumerate(made)
    ]
    db.session.execute(insert(StockMovement), rows)


def _write_levels(after: dict[int, HeldLevel], *, at: datetime) -> None:
    columns: Any = [column("id", Integer), column("on_hand", Integer), column("value", Money), column("at", UtcTime)]
    rows = [(level.id, level.on_hand, level.value, at) for level in after.values()]
    new = values(*columns, name="new").data(rows).cte()
    changed = (
        update(StockLevel)
        .where(StockLevel.id == new.c.id)
        .values(on_hand=new.c.on_hand, value=new.c.value, last_moved_at=new.c.at)
        .execution_options(synchronize_session=False)
    )
    try:
        db.session.execute(changed)
    except IntegrityError as error:
        if any(name in constraint_of(error) for name in ("stock_level_on_hand", "stock_level_promised")):
            raise Conflict("too_few", N_("Too few copies: some are promised already. Look at the levels.")) from error
        if "stock_level_value" in constraint_of(error):  # what stays was booked below its cost, under older rules
            raise Conflict("worth_false", WORTH_FALSE) from error
        raise


def _note(
    kind: DocumentKind,
    made: Sequence[Booked],
    levels: dict[int, HeldLevel],
    editions: dict[int, OfEdition],
    document_id: int,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the audit entries of a document, one for each movement."""
    deeds = []
    for each in made:
        edition = editions[levels[each.booking.level_id].edition_id]
        was = each.balance_after - each.booking.quantity
        changes: Changes = {"on_hand": [was, each.balance_after], "document": [None, document_id]}
        deeds.append((Subject("edition", edition.id, edition.named), changes))
    audit.record_all(_CODES[kind], deeds, actor=actor, at=at, reason=reason[:500])
