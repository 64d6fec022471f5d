"""Copies are gone from a location."""

from collections.abc import Sequence
from datetime import datetime

from shop.audit.rules import Actor
from shop.stock.models import StockDocument
from shop.stock.operations.booking import Booking, Cause, Line, book, booked_once, checked_lines, needed
from shop.stock.operations.levels import held_spots
from shop.stock.rules import DocumentKind, MovementKind


def write_off(
    lines: Sequence[Line], *, location_id: int, reason: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Book copies that are gone from a location. Raises Invalid without a reason, NotFound, Conflict when too few."""
    lines = checked_lines(Line(line.edition_id, line.quantity) for line in lines)
    cause = Cause(reason=needed(reason))

    def deed() -> int:
        levels = held_spots({line.edition_id for line in lines}, [location_id])
        bookings = [
            Booking(levels[line.edition_id, location_id].id, MovementKind.WRITE_OFF, -line.quantity) for line in lines
        ]
        return book(DocumentKind.WRITE_OFF, cause, [*levels.values()], bookings, key=key, actor=actor, at=at)

    asked = {"lines": lines, "location": location_id, "cause": cause}
    return booked_once(DocumentKind.WRITE_OFF, deed, key=key, asked=asked, actor=actor, at=at)
