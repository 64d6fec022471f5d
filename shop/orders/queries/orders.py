"""Orders by their address and number, and those whose time is up."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from shop.db import db
from shop.errors import N_, NotFound
from shop.orders.models import Order
from shop.orders.rules.numbers import id_of
from shop.orders.rules.states import OrderState, PaymentState

NOT_FOUND = N_("There is no such order.")


def order_by_key(key: str) -> Order:
    """The order with this public address. Raises NotFound."""
    order = db.session.scalars(select(Order).where(Order.key == key)).one_or_none()
    if order is None:
        raise NotFound("order_not_found", NOT_FOUND)
    return order


def order_by_number(number: int) -> Order:
    """The order with this number. Raises NotFound."""
    order_id = id_of(number)
    order = db.session.get(Order, order_id) if order_id is not None and order_id < 2**31 else None
    if order is None:
        raise NotFound("order_not_found", NOT_FOUND)
    return order


def due_orders(*, at: datetime, without: Collection[int] = (), limit: int = 50) -> Sequence[int]:
    """The ids of orders that were not paid in time, the longest due first; `without` are ids to leave out."""
    rows = select(Order.id).where(
        Order.payment == PaymentState.UNPAID, Order.state == OrderState.PLACED, Order.expires_at <= at
    )
    rows = rows.where(Order.id.not_in(without)).order_by(Order.expires_at, Order.id)
    return db.session.scalars(rows.limit(limit)).all()
