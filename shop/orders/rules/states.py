"""Where an order stands, what may be done with it then, and what it becomes; no database."""

from collections.abc import Mapping

from shop.errors import N_, Conflict
from shop.words import Worded


class OrderState(Worded):
    """Where an order stands."""

    PLACED = "placed", N_("placed")
    CONFIRMED = "confirmed", N_("confirmed")
    PICKING = "picking", N_("being picked")
    DISPATCHED = "dispatched", N_("dispatched")
    DELIVERED = "delivered", N_("delivered")
    CANCELLED = "cancelled", N_("cancelled")


class OrderOrigin(Worded):
    """By what way an order came."""

    STOREFRONT = "storefront", N_("from the storefront")
    TELEPHONE = "telephone", N_("by telephone")


class PaymentState(Worded):
    """Where its payment stands."""

    UNPAID = "unpaid", N_("unpaid")
    PAID = "paid", N_("paid")


class PaymentMethod(Worded):
    """How a customer pays."""

    ON_DELIVERY = "on_delivery", N_("on delivery")
    TRANSFER = "transfer", N_("bank transfer")


class OrderDeed(Worded):
    """What is done with an order."""

    CONFIRM = "confirm", N_("Confirm")
    PICK = "pick", N_("Start picking")
    DISPATCH = "dispatch", N_("Dispatch")
    DELIVER = "deliver", N_("Mark as delivered")
    CANCEL = "cancel", N_("Cancel the order")


CLAIMING = frozenset({OrderState.PLACED, OrderState.CONFIRMED, OrderState.PICKING})
"""The states in which an order claims copies that stand on a shelf."""

_BECOMES: Mapping[tuple[OrderState, OrderDeed], OrderState] = {
    (OrderState.PLACED, OrderDeed.CONFIRM): OrderState.CONFIRMED,
    (OrderState.CONFIRMED, OrderDeed.PICK): OrderState.PICKING,
    (OrderState.PICKING, OrderDeed.DISPATCH): OrderState.DISPATCHED,
    (OrderState.CONFIRMED, OrderDeed.DISPATCH): OrderState.DISPATCHED,
    (OrderState.DISPATCHED, OrderDeed.DELIVER): OrderState.DELIVERED,
    **{(state, OrderDeed.CANCEL): OrderState.CANCELLED for state in CLAIMING},
}


def deeds_of(state: OrderState) -> list[OrderDeed]:
    """What may be done with an order that stands here, the next step first."""
    return [deed for deed in OrderDeed if (state, deed) in _BECOMES]


def state_after(state: OrderState, deed: OrderDeed) -> OrderState:
    """Where an order stands after a deed. Raises Conflict when it can't be done here."""
    becomes = _BECOMES.get((state, deed))
    if becomes is None:
        text = N_("That can’t be done with this order any more: look at where it stands now.")
        raise Conflict("order_elsewhere", text)
    return becomes
