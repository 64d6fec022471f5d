"""Carts and orders for the tests, made through the same operations as the shop's own."""

import itertools
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.orders import operations as orders
from shop.orders.models import Order
from shop.orders.operations import Asked, Customer
from shop.orders.rules.states import PaymentMethod

OKSANA = Customer(name="Оксана Гриценко", phone="+380671234567", email="oksana@example.com")
_carts = itertools.count(1)


def asked(total: Decimal | int, *, payment: PaymentMethod = PaymentMethod.ON_DELIVERY) -> Asked:
    """What Oksana asks for."""
    return Asked(customer=OKSANA, payment_method=payment, total_seen=Decimal(total))


def make_cart(copies: Mapping[int, int], *, at: datetime) -> str:
    """A cart with copies {edition id: quantity}; its key."""
    cart = f"cart-{next(_carts)}"
    for edition_id, quantity in copies.items():
        with transaction():
            orders.put(cart, edition_id, quantity, at=at)
    return cart


def make_order(copies: Mapping[int, int], *, at: datetime, payment: PaymentMethod = PaymentMethod.ON_DELIVERY) -> Order:
    """An order of a guest for copies {edition id: quantity}."""
    rows = db.session.execute(db.select(Edition.id, Edition.price).where(Edition.id.in_(copies)))
    prices = {row.id: row.price for row in rows}
    total = sum((prices[edition_id] * quantity for edition_id, quantity in copies.items()), Decimal(0))
    cart = make_cart(copies, at=at)
    with transaction():
        order_id = orders.place(cart, asked(total, payment=payment), actor=Actor.guest(), at=at).id
    return db.session.get_one(Order, order_id)
