"""The deeds of carts and orders."""

from shop.orders.operations.carts import change, forget_old, hold, put
from shop.orders.operations.moving import cancel, confirm, deliver, dispatch, expire, pick
from shop.orders.operations.placing import Asked, Customer, place, place_for_customer

__all__ = [
    "Asked",
    "Customer",
    "cancel",
    "change",
    "confirm",
    "deliver",
    "dispatch",
    "expire",
    "forget_old",
    "hold",
    "pick",
    "place",
    "place_for_customer",
    "put",
]
