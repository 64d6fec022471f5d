"""`flask orders`."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.orders.models import Order
from shop.orders.rules.states import OrderState, PaymentMethod
from shop.stock.models import Allocation
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.orders import make_order


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
    assert result.output.startswith("Скасовано 1 неоплачене замовлення.")
    states = db.session.scalars(db.select(Order.state).order_by(Order.id)).all()
    assert states == [OrderState.CANCELLED, OrderState.PLACED]
