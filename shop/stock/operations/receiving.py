"""Copies arrive at a location."""

from collections.abc import Collection, Sequence
from datetime import datetime

from shop.audit.rules import Actor
from shop.stock.models import StockDocument
from shop.stock.operations.booking import Booking, Cause, Line, book, booked_once, checked_lines
from shop.stock.operations.boxes import receive_boxes
from shop.stock.operations.levels import editions_of, held_spots, usable_location
from shop.stock.rules import DocumentKind, MovementKind


def receive(
    lines: Sequence[Line],
    *,
    location_id: int,
    key: str,
    actor: Actor,
    at: datetime,
    reference: str = "",
    reason: str = "",
    box_ids: Collection[int] = (),
) -> StockDocument:
    """Book copies that arrived at a location. `unit_cost` in hryvnias; without one the edition's own cost counts.

    `reference` is the supplier's document, `box_ids` are boxes that stood aside and are settled with it. The same `key`
    again gives the same document and books nothing.
    Raises Invalid, NotFound, Conflict.
    """
    lines = checked_lines(lines)
    cause = Cause(reference=reference, reason=reason.strip())

    def deed() -> int:
        usable_location(location_id)
        levels = held_spots({line.edition_id for line in lines}, [location_id])
        costs = {each.id: each.cost for each in editions_of({line.edition_id for line in lines}).values()}
        bookings = [
            Booking(
                levels[line.edition_id, location_id].id,
                MovementKind.RECEIPT,
                line.quantity,
                unit_cost=costs[line.edition_id] if line.unit_cost is None else line.unit_cost,
            )
            for line in lines
        ]
        document_id = book(DocumentKind.RECEIPT, cause, [*levels.values()], bookings, key=key, actor=actor, at=at)
        receive_boxes(box_ids, document_id, actor=actor, at=at)
        return document_id

    asked = {"lines": lines, "location": location_id, "cause": cause} | ({"boxes": sorted(box_ids)} if box_ids else {})
    return booked_once(DocumentKind.RECEIPT, deed, key=key, asked=asked, actor=actor, at=at)
