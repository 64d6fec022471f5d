"""Carts: what goes in, what doesn't, and what is held for them."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.catalog.operations import editions
from shop.db import db, transaction
from shop.orders import operations as orders
from shop.orders.models import CartLine
from shop.orders.operations import carts
from shop.orders.queries.carts import demand_of
from shop.stock.models import StockLevel
from tests.factories import editions_of, make_game, make_location, make_stock, refused
from tests.factories.orders import asked, make_cart


def test_the_same_edition_put_twice_adds_up_to_what_a_cart_takes(app: Flask, now: datetime) -> None:
    edition_id = editions_of(make_game())[0].id
    with transaction():
        assert orders.put("one", edition_id, 4, at=now) == 4
    with transaction():
        assert orders.put("one", edition_id, 9, at=now) == 10
    assert demand_of("one") == {edition_id: 10}
    assert db.session.scalars(db.select(CartLine.price_seen)).all() == [Decimal(890)]


def test_a_full_cart_takes_more_of_what_is_in_it_but_nothing_else(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carts, "MOST_LINES", 2)
    first, second, third = (editions_of(make_game())[0].id for _ in range(3))
    cart = make_cart({first: 1, second: 1}, at=now)
    with refused("cart_full"), transaction():
        orders.put(cart, third, 1, at=now)
    with transaction():
        assert orders.put(cart, second, 1, at=now) == 2


@pytest.mark.parametrize("quantity", [0, -1, 11, 10**9])
def test_a_quantity_that_can_not_be_is_refused(app: Flask, now: datetime, quantity: int) -> None:
    edition_id = editions_of(make_game())[0].id
    with refused("quantity_wrong"), transaction():
        orders.put("one", edition_id, quantity, at=now)
    assert demand_of("one") == {}


def test_what_is_off_sale_does_not_go_in(app: Flask, now: datetime, actor: Actor) -> None:
    edition_id = editions_of(make_game())[0].id
    with transaction():
        editions.archive_edition(edition_id, actor=actor, at=now)
    for unknown in (edition_id, 10**6):
        with refused("edition_not_sold"), transaction():
            orders.put("one", unknown, 1, at=now)


def test_a_line_is_changed_and_taken_out(app: Flask, now: datetime) -> None:
    edition_id = editions_of(make_game())[0].id
    cart = make_cart({edition_id: 3}, at=now)
    with transaction():
        orders.change(cart, edition_id, 1)
    assert demand_of(cart) == {edition_id: 1}
    with transaction():
        orders.change(cart, edition_id, 0)
    assert demand_of(cart) == {}
    with refused("cart_line_not_found"), transaction():
        orders.change(cart, edition_id, 1)
    with refused("cart_not_found"), transaction():
        orders.change("another", edition_id, 1)


def test_an_ordered_cart_takes_nothing_more(app: Flask, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 5)
    edition_id = edition.id
    cart = make_cart({edition_id: 1}, at=now)
    with transaction():
        orders.place(cart, asked(890), actor=Actor.guest(), at=now)
    with refused("cart_ordered"), transaction():
        orders.put(cart, edition_id, 1, at=now)


def test_the_checkout_holds_what_is_in_the_cart_and_renews_it(app: Flask, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 2)
    cart = make_cart({edition.id: 2}, at=now)
    for minutes in (0, 10):
        at = now + timedelta(minutes=minutes)
        with transaction():
            assert orders.hold(cart, address="a", at=at) == at + timedelta(minutes=15)
    assert db.session.scalars(db.select(StockLevel.held)).all() == [2]


def test_an_empty_cart_holds_nothing(app: Flask, now: datetime) -> None:
    edition_id = editions_of(make_game())[0].id
    cart = make_cart({edition_id: 1}, at=now)
    with transaction():
        orders.change(cart, edition_id, 0)
    with refused("cart_empty"), transaction():
        orders.hold(cart, address="a", at=now)
