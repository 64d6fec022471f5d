"""The words of the stock and its arithmetic; no database."""

from decimal import ROUND_HALF_EVEN, Decimal

from shop.errors import N_
from shop.words import Worded

KOPIYKA = Decimal("0.01")


class MovementKind(Worded):
    """Why `on_hand` changed."""

    COUNT_ADJUSTMENT = "count_adjustment", N_("Adjustment")
    CUSTOMER_RETURN = "customer_return", N_("Return from a customer")
    DISPATCH = "dispatch", N_("Dispatch")
    RECEIPT = "receipt", N_("Receipt")
    REVERSAL = "reversal", N_("Undoing")
    SUPPLIER_RETURN = "supplier_return", N_("Return to a supplier")
    TRANSFER_IN = "transfer_in", N_("Transfer in")
    TRANSFER_OUT = "transfer_out", N_("Transfer out")
    WRITE_OFF = "write_off", N_("Write-off")


TRANSFERS = frozenset({MovementKind.TRANSFER_IN, MovementKind.TRANSFER_OUT})
"""Over all locations together they leave nothing."""


class DocumentKind(Worded):
    """The deed that a document stands for."""

    ADJUSTMENT = "adjustment", N_("Adjustment")
    RECEIPT = "receipt", N_("Receipt")
    REVERSAL = "reversal", N_("Undoing")
    TRANSFER = "transfer", N_("Transfer")
    WRITE_OFF = "write_off", N_("Write-off")


def value_of_part(*, value: Decimal, on_hand: int, quantity: int) -> Decimal:
    """What `quantity` copies out of `on_hand` are worth at average cost, in hryvnias; the last ones take the rest.

    Weighted average cost: П(С)БО 9 «Запаси», п. 18.
    """
    if quantity >= on_hand:
        return value
    return (value * quantity / on_hand).quantize(KOPIYKA, rounding=ROUND_HALF_EVEN)
