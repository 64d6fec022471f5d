"""What the staff's first page shows."""

from datetime import date, datetime, timedelta

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.pages.today import today
from shop.stock import operations as stock
from shop.stock.operations import Line, verify
from tests.factories import AT, SYSTEM, editions_of, key, make_game, make_location, make_stock
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")
DAY = date(2027, 3, 1)


def test_the_numbers_are_those_of_the_lists_that_they_lead_to(actor: Actor, now: datetime) -> None:
    place = make_location()
    games = [make_game(title=f"Гра {number}") for number in range(4)]
    for number, game in enumerate(games[:3]):
        make_stock(editions_of(game)[0], place, 1 + number)  # two of them are low
    lost = editions_of(games[2])[0]
    with transaction():
        lines = [Line(lost.id, 2)]
        stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    verify(at=now)
    page = today(day=DAY, days=14, limit=2)
    assert (page.low_total, page.sold_out, page.received_today, page.new_games, page.copies) == (3, 0, 3, 4, 4)
    assert [(row.title, row.available) for row in page.low] == [("Гра 2", 1), ("Гра 1", 2)]
    assert page.low_since == AT
    assert [document.kind.value for document in page.documents] == ["write_off", "receipt"]
    assert page.check is not None
    assert (page.check.drifts, page.check.checked_at) == (0, now)
    assert (len(page.flow), page.flow[0].day) == (14, DAY - timedelta(days=13))
    assert [(flow.came, flow.went) for flow in page.flow[-2:]] == [(0, 0), (6, 2)]


def test_only_what_was_once_there_is_sold_out() -> None:
    make_game(title="Ще не було")
    gone, place = editions_of(make_game(title="Була"))[0], make_location()
    make_stock(gone, place, 1)
    with transaction():
        stock.write_off([Line(gone.id, 1)], location_id=place.id, reason="злам", key=key(), actor=SYSTEM, at=AT)
    assert today(day=DAY, days=14, limit=2).sold_out == 1


def test_an_empty_shop_has_an_empty_page() -> None:
    page = today(day=AT.date(), days=14, limit=8)
    assert (page.low_total, page.copies, list(page.low), list(page.documents), page.check) == (0, 0, [], [], None)
    assert page.low_since is None


def test_the_page_sends_few_statements() -> None:
    make_stock(editions_of(make_game())[0], make_location(), 1)
    with counted() as statements:
        today(day=DAY, days=14, limit=8)
    assert len(statements) <= 5
