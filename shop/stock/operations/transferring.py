"""Copies go from one location to another and keep what they cost."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from shop.audit.rules import Actor
from shop.errors import N_, Invalid
from shop.stock.models import StockDocument
from shop.stock.operations.booking import Booking, Cause, Line, book, booked_once, checked_lines
from shop.stock.operations.levels import HeldLevel, Spot, held_spots, usable_location
from shop.stock.rules import DocumentKind, MovementKind, value_of_part


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
    if from_location_id == to_location_id:
        raise Invalid("same_location", N_("Choose two different locations."), field="to_location_id")
    lines = checked_lines(Line(line.edition_id, line.quantity) for line in lines)
    cause = Cause(reason=reason.strip())

    def deed() -> int:
        usable_location(to_location_id)
        levels = held_spots({line.edition_id for line in lines}, [from_location_id, to_location_id])
        bookings = [*_moves(lines, levels, from_location_id, to_location_id)]
        return book(DocumentKind.TRANSFER, cause, [*levels.values()], bookings, key=key, actor=actor, at=at)

    asked = {"lines": lines, "from": from_location_id, "to": to_location_id, "cause": cause}
    return booked_once(DocumentKind.TRANSFER, deed, key=key, asked=asked, actor=actor, at=at)


def _moves(
    lines: Sequence[Line], levels: Mapping[Spot, HeldLevel], from_location_id: int, to_location_id: int
) -> Iterator[Booking]:
    for line in lines:
        source, target = levels[line.edition_id, from_location_id], levels[line.edition_id, to_location_id]
        value = value_of_part(value=source.value, on_hand=source.on_hand, quantity=line.quantity)
        yield Booking(source.id, MovementKind.TRANSFER_OUT, -line.quantity, value=-value)
        yield Booking(target.id, MovementKind.TRANSFER_IN, line.quantity, value=value)
