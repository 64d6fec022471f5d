"""What was held on a day."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.pages.reports import exported_holdings, holdings
from shop.paging import Place
from shop.stock import operations as stock
from shop.stock.operations import Line
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def test_what_was_held_on_a_day_and_its_worth(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(sku="A-1")))[0], make_location()
    make_stock(edition, place, 4, Decimal(250))
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    before, after = (holdings(until=now + timedelta(days=days), with_cost=True, place=Place()) for days in (0, 1))
    assert (before.copies, before.value) == (4, Decimal(1000))
    assert (after.copies, after.value) == (3, Decimal(750))


def test_who_may_not_see_costs_gets_none_and_no_order_by_them(now: datetime) -> None:
    place = make_location()
    dear, cheap = (editions_of(make_game(title=title))[0] for title in ("Дорога", "Дешева"))
    make_stock(dear, place, 1, Decimal(5000))
    make_stock(cheap, place, 3, Decimal(10))
    assert [row.title for row in holdings(until=now, with_cost=True, place=Place()).page.rows] == ["Дорога", "Дешева"]
    hidden = holdings(until=now, place=Place())
    assert [row.title for row in hidden.page.rows] == ["Дешева", "Дорога"]
    assert not hasattr(hidden.page.rows[0], "value")
    assert hidden.value is None


@pytest.mark.parametrize("with_cost", [True, False])
def test_pages_lead_through_all_that_was_held_by_number_and_by_place(now: datetime, with_cost: bool) -> None:
    place = make_location()
    for number in range(5):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number // 2, Decimal(100))
    asked = partial(holdings, until=now, with_cost=with_cost, size=2)
    numbered = [asked(place=Place(number)).page for number in range(3)]
    titles = [row.title for page in numbered for row in page.rows]
    assert titles == ["Гра 4", "Гра 3", "Гра 2", "Гра 1", "Гра 0"]
    assert asked(place=Place(99)).page.rows == numbered[2].rows
    second = asked(place=Place(after=numbered[0].after)).page
    assert [row.title for row in second.rows] == titles[2:4]
    assert [row.title for row in asked(place=Place(last=True)).page.rows] == titles[3:]


def test_the_file_has_all_that_the_pages_have_in_their_order(now: datetime) -> None:
    place = make_location()
    for number in range(3):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number, Decimal(10))
    listed = holdings(until=now, with_cost=True, place=Place(), size=2).page.rows
    filed = list(exported_holdings(until=now, with_cost=True))
    assert [row.title for row in filed[:2]] == [row.title for row in listed]
    assert [row.value for row in filed] == [30, 20, 10]
    assert not any(hasattr(row, "value") for row in exported_holdings(until=now))
