"""The words of the stock and its arithmetic; no database."""

from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

KOPIYKA = Decimal("0.01")


class MovementKind(StrEnum):
    """Why `on_hand` changed."""

    COUNT_ADJUSTMENT = "count_adjustment"
    CUSTOMER_RETURN = "customer_return"
    DISPATCH = "dispatch"
    RECEIPT = "receipt"
    REVERSAL = "reversal"
    SUPPLIER_RETURN = "supplier_return"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    WRITE_OFF = "write_off"


TRANSFERS = frozenset({MovementKind.TRANSFER_IN, MovementKind.TRANSFER_OUT})
"""Over all locations together they leave nothing."""


class DocumentKind(StrEnum):
    """The deed that a document stands for."""

    ADJUSTMENT = "adjustment"
    RECEIPT = "receipt"
    REVERSAL = "reversal"
    TRANSFER = "transfer"
    WRITE_OFF = "write_off"


def value_of_part(*, value: Decimal, on_hand: int, quantity: int) -> Decimal:
    """What `quantity` copies out of `on_hand` are worth at average cost, in hryvnias; the last ones take the rest.

    Weighted average cost: П(С)БО 9 «Запаси», п. 18.
    """
    if quantity >= on_hand:
        return value
    return (value * quantity / on_hand).quantize(KOPIYKA, rounding=ROUND_HALF_EVEN)
