"""The words of the stock and its arithmetic; no database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from shop.errors import N_
from shop.words import Worded

KOPIYKA = Decimal("0.01")
KYIV = ZoneInfo("Europe/Kyiv")
"""The days of the books begin and end here, wherever the server stands."""


class MovementKind(Worded):
    """Why `on_hand` changed."""

    COUNT_ADJUSTMENT = "count_adjustment", N_("Adjustment")
    CUSTOMER_RETURN = "customer_return", N_("Return from a customer")
    DISPATCH = "dispatch", N_("Dispatch")
    RECEIPT = "receipt", N_("Receipt")
    REVERSAL = "reversal", N_("Reversal")
    SUPPLIER_RETURN = "supplier_return", N_("Return to a supplier")
    TRANSFER_IN = "transfer_in", N_("Transfer in")
    TRANSFER_OUT = "transfer_out", N_("Transfer out")
    WRITE_OFF = "write_off", N_("Write-off")


TRANSFERS = frozenset({MovementKind.TRANSFER_IN, MovementKind.TRANSFER_OUT})
"""Over all locations together they leave nothing."""


class DocumentKind(Worded):
    """The deed that a document stands for."""

    ADJUSTMENT = "adjustment", N_("Adjustment")
    DISPATCH = "dispatch", N_("Dispatch")
    RECEIPT = "receipt", N_("Receipt")
    REVERSAL = "reversal", N_("Reversal")
    TRANSFER = "transfer", N_("Transfer")
    WRITE_OFF = "write_off", N_("Write-off")


MOVEMENTS_OF = {
    DocumentKind.ADJUSTMENT: frozenset({MovementKind.COUNT_ADJUSTMENT}),
    DocumentKind.DISPATCH: frozenset({MovementKind.DISPATCH}),
    DocumentKind.RECEIPT: frozenset({MovementKind.RECEIPT}),
    DocumentKind.REVERSAL: frozenset({MovementKind.REVERSAL}),
    DocumentKind.TRANSFER: TRANSFERS,
    DocumentKind.WRITE_OFF: frozenset({MovementKind.WRITE_OFF}),
}
"""The kinds of movements that a document may have."""


def value_of_part(*, value: Decimal, on_hand: int, quantity: int) -> Decimal:
    """What `quantity` copies out of `on_hand` are worth at average cost, in hryvnias; the last ones take the rest.

    Weighted average cost: П(С)БО 9 «Запаси», п. 18.
    """
    if quantity >= on_hand:
        return value
    return (value * quantity / on_hand).quantize(KOPIYKA, rounding=ROUND_HALF_EVEN)


def worth(quantity: int, *, value: Decimal, on_hand: int, cost: Decimal | None, at_cost: bool) -> Decimal:
    """What a movement of `quantity` copies is worth, in hryvnias with the sign of the quantity.

    What leaves takes the average cost of the level, which holds `on_hand` copies worth `value`. What comes is worth
    the `cost` of one when it was bought at it, else the average of those that are there, else the edition's `cost`.
    """
    if quantity < 0:
        return -value_of_part(value=value, on_hand=on_hand, quantity=-quantity)
    if not at_cost and on_hand > 0:
        return value_of_part(value=value, on_hand=on_hand, quantity=1) * quantity
    return (cost or Decimal(0)) * quantity


def trading_day(at: datetime) -> date:
    """The day of the books that a moment belongs to."""
    return at.astimezone(KYIV).date()


class Availability(Worded):
    """What a shopper is told instead of a number."""

    IN_STOCK = "in_stock", N_("in stock")
    LOW = "low", N_("the last ones")
    OUT = "out", N_("not in stock")
    COMING = "coming", N_("coming soon")  # there was never a copy of it


NONE_LEFT = (Availability.OUT, Availability.COMING)


def offered(available: int | None, *, low_at: int) -> Availability:
    """What is told of an edition on sale; None when no copy of it was ever booked anywhere."""
    return Availability.COMING if available is None else availability(int(available), low_at=low_at)


def availability(available: int, *, low_at: int) -> Availability:
    """What is told of an edition with so many copies to promise."""
    if available <= 0:
        return Availability.OUT
    return Availability.LOW if available <= low_at else Availability.IN_STOCK


def taken_from(
    demand: Mapping[int, int], free: Mapping[tuple[int, int], int], *, places: Sequence[int]
) -> dict[tuple[int, int], int]:
    """How many copies to claim where: {(edition, location): copies}, so that few parcels are packed.

    `demand` is {edition: copies}, `free` says what can be promised of an edition at a location, and `places` are the
    locations in the order of the shop. The first location that has all of it gives all; else each edition comes from
    the first that has enough of it, else from several in their order. What nobody has is left out.
    """
    for place in places:
        if all(free.get((edition, place), 0) >= copies for edition, copies in demand.items()):
            return {(edition, place): copies for edition, copies in demand.items()}
    taken: dict[tuple[int, int], int] = {}
    for edition, copies in demand.items():
        whole = [place for place in places if free.get((edition, place), 0) >= copies]
        for place in whole[:1] or places:
            part = min(copies, max(free.get((edition, place), 0), 0))
            if part:
                taken[edition, place] = part
                copies -= part
    return taken


class LevelState(Worded):
    """How a level stands to its threshold, as the staff see it."""

    EMPTY = "empty", N_("none")
    ENOUGH = "enough", N_("enough")
    LOW = "low", N_("low")


def level_state(available: int, low_at: int) -> LevelState:
    """How a level stands of which so many copies can be promised."""
    if available <= 0:
        return LevelState.EMPTY
    return LevelState.LOW if available <= low_at else LevelState.ENOUGH
