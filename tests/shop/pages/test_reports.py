"""What was held on a day."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.pages.reports import holdings
from shop.stock import operations as stock
from shop.stock.operations import Line
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def test_what_was_held_on_a_day_and_its_worth(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(sku="A-1")))[0], make_location()
    make_stock(edition, place, 4, Decimal(250))
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    before, after = (holdings(until=now + timedelta(days=days), with_cost=True) for days in (0, 1))
    assert (before.copies, before.value) == (4, Decimal(1000))
    assert (after.copies, after.value) == (3, Decimal(750))


def test_who_may_not_see_costs_gets_none_and_no_order_by_them(now: datetime) -> None:
    place = make_location()
    dear, cheap = (editions_of(make_game(title=title))[0] for title in ("Дорога", "Дешева"))
    make_stock(dear, place, 1, Decimal(5000))
    make_stock(cheap, place, 3, Decimal(10))
    assert [row.title for row in holdings(until=now, with_cost=True).rows] == ["Дорога", "Дешева"]
    hidden = holdings(until=now)
    assert [(row.title, row.value) for row in hidden.rows] == [("Дешева", None), ("Дорога", None)]
    assert hidden.value is None
