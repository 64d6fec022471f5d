"""Orders found by what people have of them."""

from datetime import datetime

import pytest
from flask import Flask

from shop.orders.queries.orders import order_by_key, order_by_number
from tests.factories import editions_of, make_game, make_location, make_stock, refused
from tests.factories.orders import make_order


def test_an_order_is_found_by_its_number_and_its_address(app: Flask, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 5)
    order = make_order({edition.id: 1}, at=now)
    assert order_by_number(order.number).id == order.id
    assert order_by_key(order.key).id == order.id


@pytest.mark.parametrize("number", [0, -5, 99_999, 100_000, 10**30])
def test_no_order_has_a_number_that_was_not_given(app: Flask, number: int) -> None:
    with refused("order_not_found"):
        order_by_number(number)


def test_no_order_has_an_address_that_was_guessed(app: Flask) -> None:
    with refused("order_not_found"):
        order_by_key("x" * 22)
