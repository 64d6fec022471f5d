"""On hand becomes what was counted on the shelf."""

from datetime import datetime

from shop.audit.rules import Actor
from shop.errors import N_, Conflict, Invalid
from shop.stock.models import StockDocument
from shop.stock.operations.booking import HIGHEST_ON_HAND, Booking, Cause, book, booked_once, needed
from shop.stock.operations.levels import held_spots, usable_location
from shop.stock.rules import DocumentKind, MovementKind


def adjust(
    edition_id: int, *, location_id: int, counted: int, seen: int, reason: str, key: str, actor: Actor, at: datetime
) -> StockDocument:
    """Set on hand to what was counted on the shelf. `seen` is the number that the person saw beside it.

    Raises Invalid without a reason or when nothing differs, Conflict when copies moved since, NotFound.
    """
    cause = Cause(reason=needed(reason))
    if not 0 <= counted <= HIGHEST_ON_HAND:
        text = N_("A counted quantity is a whole number from 0 to 10 000 000.")
        raise Invalid("quantity_wrong", text, field="counted")

    def deed() -> int:
        usable_location(location_id)
        (level,) = held_spots([edition_id], [location_id]).values()
        if level.on_hand != seen:
            text = N_("Copies moved while you counted: there were %(seen)s, now there are %(on_hand)s. Count again.")
            raise Conflict("moved_meanwhile", text, seen=seen, on_hand=level.on_hand)
        if counted == seen:
            raise Invalid(
                "nothing_to_adjust", N_("The shelf has as many copies as the stock records say."), field="counted"
            )
        bookings = [Booking(level.id, MovementKind.COUNT_ADJUSTMENT, counted - seen)]
        return book(DocumentKind.ADJUSTMENT, cause, [level], bookings, key=key, actor=actor, at=at)

    asked = {"edition": edition_id, "location": location_id, "counted": counted, "seen": seen, "cause": cause}
    return booked_once(DocumentKind.ADJUSTMENT, deed, key=key, asked=asked, actor=actor, at=at)
