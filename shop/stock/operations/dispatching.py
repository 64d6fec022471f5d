"""Copies that an order has claimed leave the shelf."""

from collections.abc import Mapping
from datetime import datetime

from shop.audit.rules import Actor
from shop.errors import N_, Conflict
from shop.stock.models import StockDocument
from shop.stock.operations.booking import Booking, Cause, book, booked_once
from shop.stock.operations.releasing import given_up
from shop.stock.rules import DocumentKind, MovementKind


def dispatch(
    lines: Mapping[int, int], *, source_kind: str, source_key: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Book the allocated copies of lines {line id: copies} as gone; what they serve is named by its kind and key.

    The claim is given up before the booking, which would take the copies for promised to somebody else. Raises
    Conflict when nothing is allocated to the lines, or other than their copies.
    """
    cause = Cause(source_kind=source_kind, source_key=source_key)

    def deed() -> int:
        gone = given_up(lines)
        if not gone.leaving:
            raise Conflict("nothing_allocated", N_("No copies are set aside for this."))
        if gone.of_lines != dict(lines):
            raise Conflict("too_few_allocated", N_("Not all copies are set aside for this."))
        bookings = [Booking(level_id, MovementKind.DISPATCH, -copies) for level_id, copies in gone.leaving.items()]
        return book(DocumentKind.DISPATCH, cause, gone.levels, bookings, seen=gone.seen, key=key, actor=actor, at=at)

    asked = {"lines": lines, "cause": cause}
    return booked_once(DocumentKind.DISPATCH, deed, key=key, asked=asked, actor=actor, at=at)
