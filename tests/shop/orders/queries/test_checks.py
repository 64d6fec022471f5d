"""What is found when orders and claims do not agree."""

from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.db import db, snapshot, transaction
from shop.orders import operations as orders
from shop.orders.models import Order, OrderLine
from shop.orders.queries.checks import drifts
from shop.outbox.models import OutboxMessage
from shop.stock.models import Allocation
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.orders import make_order


@pytest.fixture
def order_id(app: Flask, now: datetime) -> int:
    """An order of two copies."""
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 5)
    return make_order({edition.id: 2}, at=now).id


def _found() -> list[str]:
    db.session.rollback()
    with snapshot() as connection:
        return [f"{drift.row.split('#')[0]}.{drift.column}" for drift in drifts(connection)]


def test_an_order_agrees_wherever_it_stands(order_id: int, now: datetime, actor: Actor) -> None:
    assert _found() == []
    for deed in (orders.confirm, orders.dispatch):
        version = db.session.get_one(Order, order_id).version
        with transaction():
            deed(order_id, version=version, actor=actor, at=now)
        assert _found() == []


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (db.update(Allocation).values(quantity=1), "order_line.allocated"),
        (db.update(Allocation).values(order_line_id=10**6), "allocation.order_line_id"),
        (db.update(OrderLine).values(total=Decimal(1)), "customer_order.total"),
        (db.delete(OutboxMessage), "customer_order.message of having been placed"),
    ],
)
def test_what_does_not_agree_is_named(order_id: int, spoil: object, found: str) -> None:
    with transaction():
        db.session.execute(spoil)
    assert found in _found()
