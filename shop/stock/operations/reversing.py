"""A booking is undone by one of the opposite, which mirrors it line by line."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from shop.audit.rules import Actor
from shop.db import db
from shop.errors import N_, Conflict, NotFound
from shop.stock.models import StockDocument, StockLevel, StockMovement
from shop.stock.operations.booking import Booking, Cause, book, booked_once, needed
from shop.stock.operations.levels import held_levels, usable_location
from shop.stock.rules import DocumentKind, MovementKind

USED_SINCE = N_(
    "Copies left since at a cost that counts these in. Undo document %(document)d first, or leave this one and set "
    "right what stands on the shelf by a write-off or by counting."
)


def reverse(document_id: int, *, reason: str, key: str, actor: Actor, at: datetime) -> StockDocument:
    """Undo a document: every copy goes back at exactly what it was booked for (docs/decisions/0004).

    Raises Invalid without a reason, NotFound, Conflict when it was undone already, when its copies have gone since,
    or when others left at a cost in which it is counted.
    """
    cause = Cause(reason=needed(reason), reverses_id=document_id)

    def deed() -> int:
        _refuse_undone(document_id)
        movements = db.session.scalars(
            select(StockMovement).where(StockMovement.document_id == document_id).order_by(StockMovement.id)
        ).all()
        for location_id in _places_of_returns(movements):
            usable_location(location_id)
        levels = held_levels(movement.level_id for movement in movements)
        _refuse_used_since(document_id)
        bookings = [
            Booking(
                movement.level_id,
                MovementKind.REVERSAL,
                -movement.quantity,
                unit_cost=movement.unit_cost,
                value=-movement.value,
                reverses_id=movement.id,
                undoes=movement.kind,
            )
            for movement in movements
        ]
        return book(DocumentKind.REVERSAL, cause, levels, bookings, key=key, actor=actor, at=at)

    asked = {"document": document_id, "cause": cause}
    return booked_once(DocumentKind.REVERSAL, deed, key=key, asked=asked, actor=actor, at=at)


def _refuse_undone(document_id: int) -> None:
    wrong = db.session.get(StockDocument, document_id)
    if wrong is None:
        raise NotFound("document_not_found", N_("There is no such document."))
    if wrong.kind is DocumentKind.REVERSAL:
        raise Conflict("is_reversal", N_("This undoes another booking. Book the copies anew instead."))
    if wrong.kind is DocumentKind.DISPATCH:
        raise Conflict("is_dispatch", N_("These copies left with an order. They come back as a return of that order."))
    if db.session.scalar(select(StockDocument.id).where(StockDocument.reverses_id == document_id)) is not None:
        raise Conflict("already_undone", N_("This has been undone already."))


def _places_of_returns(movements: Sequence[StockMovement]) -> Sequence[int]:
    """Where copies come back to."""
    back = [movement.level_id for movement in movements if movement.quantity < 0]
    rows = select(StockLevel.location_id).where(StockLevel.id.in_(back)).distinct().order_by(StockLevel.location_id)
    return db.session.scalars(rows).all()


def _refuse_used_since(document_id: int) -> None:
    """Refuse to take back copies when others left since at an average cost in which these are counted.

    Taking them back at their own cost would leave a false worth for what stays. What left and was undone counts for
    nothing, and an undoing takes exactly what it undoes, whatever the average is.
    """
    came, undoing = aliased(StockMovement), aliased(StockMovement)
    left = (
        select(StockMovement.document_id)
        .join(came, (came.level_id == StockMovement.level_id) & (came.id < StockMovement.id))
        .outerjoin(undoing, undoing.reverses_id == StockMovement.id)
        .where(
            came.document_id == document_id,
            came.quantity > 0,
            StockMovement.document_id != document_id,
            StockMovement.quantity < 0,
            StockMovement.kind != MovementKind.REVERSAL,
            undoing.id.is_(None),
        )
        .order_by(StockMovement.id.desc())
        .limit(1)
    )
    used_by = db.session.scalar(left)
    if used_by is not None:
        raise Conflict("used_since", USED_SINCE, document=used_by)
