"""Receive, write off, adjust, transfer and reverse: what people do with copies."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject
from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.stock.models import StockDocument, StockLevel, StockMovement
from shop.stock.operations.booking import (
    Booking,
    Line,
    book,
    checked_lines,
    document_with_key,
    levels_of,
    lock,
    open_document,
    summed,
    usable_location,
)
from shop.stock.rules import DocumentKind, MovementKind

_CODES = {
    DocumentKind.ADJUSTMENT: AuditCode.STOCK_ADJUSTED,
    DocumentKind.RECEIPT: AuditCode.STOCK_RECEIVED,
    DocumentKind.REVERSAL: AuditCode.STOCK_REVERSED,
    DocumentKind.TRANSFER: AuditCode.STOCK_TRANSFERRED,
    DocumentKind.WRITE_OFF: AuditCode.STOCK_WRITTEN_OFF,
}


def receive(
    lines: Sequence[Line],
    *,
    location_id: int,
    key: str,
    actor: Actor,
    at: datetime,
    reference: str = "",
    reason: str = "",
) -> StockDocument:
    """Book copies that arrived at a location. `unit_cost` in hryvnias; without one the edition's own cost counts.

    `reference` is the supplier's document. The same `key` again gives the same document and books nothing.
    Raises Invalid, NotFound, Conflict.
    """
    done = document_with_key(key, DocumentKind.RECEIPT, summed(lines, location_id, sign=1))
    if done is not None:
        return done
    lines = checked_lines(lines)
    usable_location(location_id)
    levels = levels_of([line.edition_id for line in lines], location_id)
    costs = _own_costs([line.edition_id for line in lines])
    document = open_document(
        DocumentKind.RECEIPT, key=key, actor=actor, at=at, reference=reference, reason=reason.strip()
    )
    bookings = [
        Booking(
            levels[line.edition_id].id,
            MovementKind.RECEIPT,
            line.quantity,
            unit_cost=costs[line.edition_id] if line.unit_cost is None else line.unit_cost,
        )
        for line in lines
    ]
    return _settle(document, book(document, bookings))


def write_off(
    lines: Sequence[Line], *, location_id: int, reason: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Book copies that are gone from a location. Raises Invalid without a reason, NotFound, Conflict when too few."""
    done = document_with_key(key, DocumentKind.WRITE_OFF, summed(lines, location_id, sign=-1))
    if done is not None:
        return done
    lines = checked_lines(lines)
    reason = _needed(reason)
    levels = levels_of([line.edition_id for line in lines], location_id)
    document = open_document(DocumentKind.WRITE_OFF, key=key, actor=actor, at=at, reason=reason)
    bookings = [Booking(levels[line.edition_id].id, MovementKind.WRITE_OFF, -line.quantity) for line in lines]
    return _settle(document, book(document, bookings))


def adjust(
    edition_id: int, *, location_id: int, counted: int, seen: int, reason: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Set on hand to what was counted on the shelf. `seen` is the number that the person saw beside it.

    Raises Invalid without a reason or when nothing differs, Conflict when copies moved since, NotFound.
    """
    done = document_with_key(key, DocumentKind.ADJUSTMENT, {(edition_id, location_id): counted - seen})
    if done is not None:
        return done
    reason = _needed(reason)
    if not 0 <= counted <= 1_000_000:
        raise Invalid("quantity_wrong", N_("A counted quantity is a whole number, zero or above."), field="counted")
    usable_location(location_id)
    level = levels_of([edition_id], location_id)[edition_id]
    db.session.refresh(level, with_for_update=True)
    if level.on_hand != seen:
        text = N_("Copies moved while you counted: there were %(seen)d, now there are %(on_hand)d. Count again.")
        raise Conflict("moved_meanwhile", text, seen=seen, on_hand=level.on_hand)
    if counted == seen:
        raise Invalid("nothing_to_adjust", N_("The shelf has as many copies as the books say."), field="counted")
    document = open_document(DocumentKind.ADJUSTMENT, key=key, actor=actor, at=at, reason=reason)
    return _settle(document, book(document, [Booking(level.id, MovementKind.COUNT_ADJUSTMENT, counted - seen)]))


def transfer(
    lines: Sequence[Line],
    *,
    from_location_id: int,
    to_location_id: int,
    key: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> StockDocument:
    """Move copies between locations; they keep what they cost. Raises Invalid, NotFound, Conflict when too few."""
    moves = summed(lines, from_location_id, sign=-1) | summed(lines, to_location_id, sign=1)
    done = document_with_key(key, DocumentKind.TRANSFER, moves)
    if done is not None:
        return done
    if from_location_id == to_location_id:
        raise Invalid("same_location", N_("Choose two different locations."), field="to_location_id")
    lines = checked_lines(Line(line.edition_id, line.quantity) for line in lines)
    usable_location(to_location_id)
    editions = [line.edition_id for line in lines]
    sources, targets = levels_of(editions, from_location_id), levels_of(editions, to_location_id)
    document = open_document(DocumentKind.TRANSFER, key=key, actor=actor, at=at, reason=reason.strip())
    lock({level.id for level in (*sources.values(), *targets.values())})
    out = book(
        document,
        [Booking(sources[line.edition_id].id, MovementKind.TRANSFER_OUT, -line.quantity) for line in lines],
    )
    editions_by_level = {level.id: level.edition_id for level in sources.values()}
    arrivals = [
        Booking(
            targets[editions_by_level[left.level_id]].id,
            MovementKind.TRANSFER_IN,
            -left.quantity,
            value=-left.value,
        )
        for left in out
    ]
    return _settle(document, out + book(document, arrivals))


def reverse(document_id: int, *, reason: str, key: str, actor: Actor, at: datetime) -> StockDocument:
    """Undo a booking by one of the opposite. Raises Conflict when it was undone, or when its copies have gone since."""
    done = document_with_key(key, DocumentKind.REVERSAL)
    if done is not None and done.reverses_id == document_id:
        return done
    reason = _needed(reason)
    wrong = db.session.get(StockDocument, document_id)
    if wrong is None:
        raise NotFound("document_not_found", N_("There is no such document."))
    if wrong.kind is DocumentKind.REVERSAL:
        raise Conflict("is_reversal", N_("This undoes another booking. Book the copies anew instead."))
    if db.session.scalar(select(StockDocument.id).where(StockDocument.reverses_id == document_id)) is not None:
        raise Conflict("already_undone", N_("This has been undone already."))
    movements = db.session.scalars(select(StockMovement).where(StockMovement.document_id == document_id)).all()
    levels = lock({movement.level_id for movement in movements})
    returning = [movement for movement in movements if movement.quantity < 0]
    for location_id in {levels[movement.level_id].location_id for movement in returning}:
        usable_location(location_id)
    document = open_document(DocumentKind.REVERSAL, key=key, actor=actor, at=at, reason=reason, reverses_id=document_id)
    left = book(document, [_opposite(movement) for movement in movements if movement.quantity > 0])
    values = {levels[movement.level_id].edition_id: -movement.value for movement in left}
    back = [_opposite(movement, value=values.get(levels[movement.level_id].edition_id)) for movement in returning]
    return _settle(document, left + book(document, back))


def _opposite(movement: StockMovement, *, value: Decimal | None = None) -> Booking:
    """What undoes a movement, at its own worth; what comes back from elsewhere is worth what it was there."""
    return Booking(
        movement.level_id,
        MovementKind.REVERSAL,
        -movement.quantity,
        unit_cost=movement.unit_cost,
        value=-movement.value if value is None else value,
        reverses_id=movement.id,
    )


def _settle(document: StockDocument, movements: Sequence[StockMovement]) -> StockDocument:
    """Write the audit entries of a document, one for each level that it moved."""
    levels = {movement.level_id for movement in movements}
    named = (
        select(StockLevel.id, StockLevel.edition_id, Edition.sku, Game.title)
        .join(Edition, Edition.id == StockLevel.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .where(StockLevel.id.in_(levels))
    )
    editions = {
        row.id: Subject("edition", row.edition_id, f"{row.title} · {row.sku}") for row in db.session.execute(named)
    }
    for movement in movements:
        audit.record(
            _CODES[document.kind],
            editions[movement.level_id],
            actor=document.actor,
            at=document.occurred_at,
            reason=document.reason,
            changes={
                "on_hand": [movement.balance_after - movement.quantity, movement.balance_after],
                "document": [None, document.id],
            },
        )
    db.session.flush()
    return document


def _own_costs(edition_ids: Sequence[int]) -> dict[int, Decimal | None]:
    rows = db.session.execute(select(Edition.id, Edition.cost).where(Edition.id.in_(edition_ids)))
    return {row.id: row.cost for row in rows}


def _needed(reason: str) -> str:
    reason = reason.strip()[:500]
    if not reason:
        raise Invalid("reason_missing", N_("Say why: the reason stays with the booking."), field="reason")
    return reason
