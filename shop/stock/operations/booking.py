"""The one way in which `on_hand` changes: a document with movements, levels touched in ascending id, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import DocumentKind, MovementKind, value_of_part

BEING_DONE = N_("This is being done already. Look at the result before you repeat it.")
HIGHEST_QUANTITY = 100_000
QUANTITY_WRONG = N_("A quantity must be a whole number from 1 to 100 000.")


@dataclass(frozen=True)
class Line:
    """So many copies of an edition. `unit_cost` in hryvnias is what one copy was bought for, if that is known."""

    edition_id: int
    quantity: int
    unit_cost: Decimal | None = None


@dataclass(frozen=True)
class Booking:
    """One movement to be made on a level. `value` fixes its worth; without it, it is the average cost of the level."""

    level_id: int
    kind: MovementKind
    quantity: int
    unit_cost: Decimal | None = None
    value: Decimal | None = None
    reverses_id: int | None = None


def document_with_key(
    key: str, kind: DocumentKind, expected: Mapping[tuple[int, int], int] | None = None
) -> StockDocument | None:
    """The document that this key made already. `expected` is {(edition, location): change in copies}.

    Raises Conflict when it was another deed, or the same deed with other lines: a form that was gone back to and
    changed must not be answered with what it did before.
    """
    document = db.session.scalar(select(StockDocument).where(StockDocument.idempotency_key == key))
    if document is None:
        return None
    if document.kind is not kind or (expected is not None and _changes_of(document.id) != dict(expected)):
        raise Conflict("key_used", N_("This form has been used for another deed. Open it again."))
    return document


def _changes_of(document_id: int) -> dict[tuple[int, int], int]:
    rows = (
        select(StockLevel.edition_id, StockLevel.location_id, func.sum(StockMovement.quantity))
        .join(StockMovement, StockMovement.level_id == StockLevel.id)
        .where(StockMovement.document_id == document_id)
        .group_by(StockLevel.edition_id, StockLevel.location_id)
    )
    return {(edition_id, location_id): int(change) for edition_id, location_id, change in db.session.execute(rows)}


def summed(lines: Sequence[Line], location_id: int, *, sign: int) -> dict[tuple[int, int], int]:
    """What lines change at a location, as `document_with_key` compares it."""
    sums: dict[tuple[int, int], int] = {}
    for line in lines:
        spot = (line.edition_id, location_id)
        sums[spot] = sums.get(spot, 0) + sign * line.quantity
    return sums


def open_document(
    kind: DocumentKind,
    *,
    key: str,
    actor: Actor,
    at: datetime,
    reference: str = "",
    reason: str = "",
    reverses_id: int | None = None,
) -> StockDocument:
    """Begin a document. Raises Conflict when the same deed is being done at this very moment."""
    document = StockDocument(kind=kind, idempotency_key=key, reference=reference.strip()[:120], occurred_at=at)
    document.reason, document.reverses_id = reason[:500], reverses_id
    document.actor = actor
    db.session.add(document)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict("being_done", BEING_DONE) from error
    return document


def checked_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines summed per edition and cost, in ascending edition. Raises Invalid when a quantity can't be right."""
    summed: dict[tuple[int, Decimal | None], int] = {}
    for line in lines:
        if not 1 <= line.quantity <= HIGHEST_QUANTITY:
            raise Invalid(
                "quantity_wrong", N_("A quantity must be a whole number from 1 to 100 000."), field="quantity"
            )
        if line.unit_cost is not None and line.unit_cost < 0:
            raise Invalid("cost_wrong", N_("The cost can't be below zero."), field="unit_cost")
        key = (line.edition_id, line.unit_cost)
        summed[key] = summed.get(key, 0) + line.quantity
    if not summed:
        raise Invalid("no_lines", N_("Add at least one edition."), field="quantity")
    ordered = sorted(summed.items(), key=lambda item: item[0][0])
    return [Line(edition_id, quantity, cost) for (edition_id, cost), quantity in ordered]


def usable_location(location_id: int) -> Location:
    """The location, which can't be archived until the end of the transaction. Raises NotFound, Conflict."""
    location = db.session.get(Location, location_id, with_for_update={"read": True}, populate_existing=True)
    if location is None:
        raise NotFound("location_not_found", N_("There is no such location."))
    if location.archived_at is not None:
        raise Conflict("location_archived", N_("This location is archived. Restore it first."))
    return location


def levels_of(edition_ids: Sequence[int], location_id: int) -> dict[int, StockLevel]:
    """The levels of editions at a location, made where they are missing. Raises NotFound for an unknown edition."""
    wanted = sorted(set(edition_ids))
    known = set(db.session.scalars(select(Edition.id).where(Edition.id.in_(wanted))))
    if set(wanted) - known:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    present = set(
        db.session.scalars(
            select(StockLevel.edition_id).where(
                StockLevel.edition_id.in_(wanted), StockLevel.location_id == location_id
            )
        )
    )
    for edition_id in wanted:
        if edition_id not in present:
            _make_level(edition_id, location_id)
    rows = select(StockLevel).where(StockLevel.edition_id.in_(wanted), StockLevel.location_id == location_id)
    return {level.edition_id: level for level in db.session.scalars(rows)}


def book(document: StockDocument, bookings: Sequence[Booking]) -> list[StockMovement]:
    """Make the movements of a document, or none.

    Raises Conflict naming every edition with too few copies, or every one that is off sale and would get copies.
    """
    ordered = sorted(bookings, key=lambda booking: (booking.level_id, booking.quantity))
    levels = lock({booking.level_id for booking in ordered})
    _refuse_shortages(ordered, levels)
    movements = [
        _move(document, booking, levels[booking.level_id], place=place) for place, booking in enumerate(ordered)
    ]
    db.session.flush()
    _refresh_in_stock({level.edition_id for level in levels.values()})
    _refuse_retired({levels[each.level_id].edition_id for each in ordered if each.quantity > 0})
    return movements


def lock(level_ids: set[int]) -> dict[int, StockLevel]:
    """The levels as they are now, held until the end of the transaction, in ascending id so that nobody deadlocks."""
    rows = (
        select(StockLevel).where(StockLevel.id.in_(level_ids)).order_by(StockLevel.id).with_for_update(key_share=True)
    )
    levels = db.session.scalars(rows, execution_options={"populate_existing": True})
    return {level.id: level for level in levels}


def _refuse_shortages(bookings: Sequence[Booking], levels: dict[int, StockLevel]) -> None:
    demand: dict[int, int] = {}
    for booking in bookings:
        demand[booking.level_id] = demand.get(booking.level_id, 0) + booking.quantity
    short = [level_id for level_id, change in demand.items() if change < 0 and _free(levels[level_id]) + change < 0]
    if short:
        raise _shortage([levels[level_id] for level_id in short])


def _free(level: StockLevel) -> int:
    """What may leave the shelf: all but what is promised to somebody."""
    return level.on_hand - max(level.allocated + level.held - level.oversell_cap, 0)


def _shortage(levels: Sequence[StockLevel]) -> Conflict:
    named = select(StockLevel, Edition.sku, Game.title).join(StockLevel.edition).join(Edition.game)
    rows = db.session.execute(named.where(StockLevel.id.in_([level.id for level in levels]))).all()
    missing = "; ".join(f"{title} ({sku}): {_free(level)}" for level, sku, title in rows)
    return Conflict("too_few", N_("Too few copies. What may be taken — %(missing)s."), missing=missing)


def _move(document: StockDocument, booking: Booking, level: StockLevel, *, place: int) -> StockMovement:
    value = _value(booking, level)
    changed = db.session.execute(
        update(StockLevel)
        .where(StockLevel.id == level.id, StockLevel.on_hand + booking.quantity >= 0)
        .values(on_hand=StockLevel.on_hand + booking.quantity, value=StockLevel.value + value)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise _shortage([level])
    db.session.refresh(level)
    movement = StockMovement(
        level_id=level.id,
        document_id=document.id,
        kind=booking.kind,
        quantity=booking.quantity,
        balance_after=level.on_hand,
        unit_cost=booking.unit_cost,
        value=value,
        reason=document.reason,
        **document.actor.columns,
        occurred_at=document.occurred_at,
        reverses_id=booking.reverses_id,
        idempotency_key=f"{document.id}:{level.id}:{booking.kind}:{place}",
    )
    db.session.add(movement)
    return movement


def _value(booking: Booking, level: StockLevel) -> Decimal:
    if booking.quantity == -level.on_hand:
        return -level.value  # the last copies take all that is left
    if booking.value is not None:
        return max(booking.value, -level.value)
    if booking.quantity < 0:
        return -value_of_part(value=level.value, on_hand=level.on_hand, quantity=-booking.quantity)
    if booking.unit_cost is not None:
        return booking.unit_cost * booking.quantity
    if level.on_hand > 0:
        return value_of_part(value=level.value, on_hand=level.on_hand, quantity=1) * booking.quantity
    cost = db.session.scalar(select(Edition.cost).where(Edition.id == level.edition_id))
    return (cost or Decimal(0)) * booking.quantity


def _make_level(edition_id: int, location_id: int) -> None:
    """Another transaction may make the same level at this moment; then theirs is used."""
    try:
        with db.session.begin_nested():
            db.session.add(StockLevel(edition_id=edition_id, location_id=location_id, value=Decimal(0)))
    except IntegrityError:
        return


def _refuse_retired(edition_ids: set[int]) -> None:
    """Asked after the games are locked: retiring locks the game too, so one of the two sees the other."""
    retired = select(Edition.sku).where(Edition.id.in_(edition_ids), Edition.archived_at.is_not(None))
    skus = db.session.scalars(retired.order_by(Edition.id)).all()
    if skus:
        text = N_("%(sku)s is off sale. Put it on sale again first.")
        raise Conflict("edition_archived", text, sku=", ".join(skus))


def _refresh_in_stock(edition_ids: set[int]) -> None:
    """Say of each game whether a copy can be promised. Games are locked first: two levels of one may change at once."""
    game_ids = select(Edition.game_id).where(Edition.id.in_(edition_ids))
    games = db.session.scalars(
        select(Game).where(Game.id.in_(game_ids)).order_by(Game.id).with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    ).all()
    stocked = set(
        db.session.scalars(
            select(Edition.game_id)
            .join(StockLevel, StockLevel.edition_id == Edition.id)
            .where(
                Edition.game_id.in_([game.id for game in games]),
                Edition.archived_at.is_(None),
                StockLevel.on_hand - StockLevel.allocated - StockLevel.held > 0,
            )
        )
    )
    for game in games:
        if game.in_stock != (game.id in stocked):
            # not through the game object: what is on the shelf is no edit of the game, its version stays
            db.session.execute(
                update(Game)
                .where(Game.id == game.id)
                .values(in_stock=game.id in stocked)
                .execution_options(synchronize_session=False)
            )
            db.session.expire(game, ["in_stock"])
