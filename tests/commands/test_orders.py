"""`flask orders`."""

import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask import Flask

from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.orders import operations
from shop.orders.models import Cart, CartLine, Order
from shop.orders.queries.orders import due_orders
from shop.orders.rules.states import OrderState, PaymentMethod
from shop.stock.models import Allocation, Hold, StockLevel
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.orders import make_cart, make_order


@pytest.fixture
def edition(app: Flask) -> Edition:
    """An edition with five copies."""
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 5)
    return edition


def test_orders_that_have_their_copies_are_said_to_agree(app: Flask, edition: Edition, now: datetime) -> None:
    make_order({edition.id: 2}, at=now)
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["orders", "verify"])
    assert (result.exit_code, result.output) == (0, "Замовлення та відкладені для них примірники сходяться.\n")


def test_an_order_that_lost_its_copies_is_named(app: Flask, edition: Edition, now: datetime) -> None:
    make_order({edition.id: 2}, at=now)
    with transaction():
        db.session.execute(db.delete(Allocation))
    result = app.test_cli_runner().invoke(args=["orders", "verify"])
    assert result.exit_code == 1
    assert "order_line#" in result.output


def test_what_was_not_paid_in_time_is_cancelled(app: Flask, edition: Edition) -> None:
    old = datetime.now(UTC) - timedelta(days=4)
    make_order({edition.id: 2}, at=old, payment=PaymentMethod.TRANSFER)
    make_order({edition.id: 1}, at=old)
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["orders", "expire"])
    assert result.exit_code == 0
    assert "Скасовано 1 неоплачене замовлення." in result.output
    states = db.session.scalars(db.select(Order.state).order_by(Order.id)).all()
    assert states == [OrderState.CANCELLED, OrderState.PLACED]


def test_an_order_that_can_not_be_cancelled_stops_neither_others_nor_holds(app: Flask, edition: Edition) -> None:
    old = datetime.now(UTC) - timedelta(days=4)
    wrong = make_order({edition.id: 2}, at=old, payment=PaymentMethod.TRANSFER)
    other = editions_of(make_game())[0]
    make_stock(other, make_location("Там"), 3)
    make_order({other.id: 1}, at=old, payment=PaymentMethod.TRANSFER)
    cart, number = make_cart({other.id: 2}, at=old), str(wrong.number)
    with transaction():
        operations.hold(cart, address="a", at=old)
    with transaction():
        db.session.execute(db.update(StockLevel).where(StockLevel.edition_id == edition.id).values(allocated=0))
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["orders", "expire"])
    assert result.exit_code == 1
    assert number in result.stderr
    states = db.session.scalars(db.select(Order.state).order_by(Order.id)).all()
    assert states == [OrderState.PLACED, OrderState.CANCELLED]
    assert db.session.scalars(db.select(Hold)).all() == []


def test_more_orders_than_one_batch_are_cancelled_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 60)
    old = datetime.now(UTC) - timedelta(days=4)
    for _ in range(3):
        make_order({edition.id: 1}, at=old, payment=PaymentMethod.TRANSFER)
    monkeypatch.setattr(sys.modules["commands.orders"], "due_orders", partial(due_orders, limit=2))
    db.session.remove()
    assert app.test_cli_runner().invoke(args=["orders", "expire"]).exit_code == 0
    assert set(db.session.scalars(db.select(Order.state))) == {OrderState.CANCELLED}


def test_old_carts_are_forgotten_but_not_new_ordered_or_holding_ones(app: Flask, edition: Edition) -> None:
    today = datetime.now(UTC)
    old = today - timedelta(days=31)
    make_cart({edition.id: 1}, at=old)
    make_order({edition.id: 1}, at=old)
    kept, holding = make_cart({edition.id: 1}, at=today), make_cart({edition.id: 1}, at=old)
    with transaction():
        operations.hold(holding, address="a", at=today)
    db.session.remove()
    assert app.test_cli_runner().invoke(args=["orders", "expire"]).exit_code == 0
    open_carts = db.select(Cart.key).where(Cart.ordered_at.is_(None))
    assert set(db.session.scalars(open_carts)) == {kept, holding}
    assert set(db.session.scalars(db.select(CartLine.cart_key))) >= {kept, holding}
    assert len(db.session.scalars(db.select(Cart.key)).all()) == 3
