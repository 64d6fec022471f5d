"""Copies that an order has claimed leave the shelf."""

from collections.abc import Collection
from datetime import datetime

from shop.audit.rules import Actor
from shop.errors import N_, Conflict
from shop.stock.models import StockDocument
from shop.stock.operations.booking import Booking, Cause, book, booked_once
from shop.stock.operations.releasing import given_up
from shop.stock.rules import DocumentKind, MovementKind


def dispatch(
    order_line_ids: Collection[int], *, source_kind: str, source_key: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Book the allocated copies of lines as gone; the thing that they serve is named by its kind and key.

    The claim is given up before the booking, which would take the copies for promised to somebody else. Raises
    Conflict when nothing is allocated to the lines.
    """
    cause = Cause(source_kind=source_kind, source_key=source_key)

    def deed() -> int:
        levels, leaving = given_up(order_line_ids)
        if not leaving:
            raise Conflict("nothing_allocated", N_("No copies are set aside for this."))
        bookings = [Booking(level_id, MovementKind.DISPATCH, -copies) for level_id, copies in leaving.items()]
        return book(DocumentKind.DISPATCH, cause, levels, bookings, key=key, actor=actor, at=at)

    asked = {"lines": sorted(order_line_ids), "cause": cause}
    return booked_once(DocumentKind.DISPATCH, deed, key=key, asked=asked, actor=actor, at=at)
