"""Why a number is what it is, and setting what was counted."""

import re
from collections.abc import Callable
from decimal import Decimal

from shop.db import db
from shop.stock.models import StockLevel
from tests.clients import Browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock


def test_what_was_counted_otherwise_is_set_once_and_explained(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    make_stock(edition, place, 5)
    address = f"/admin/why/{edition.id}/{place.id}/adjust/"
    page = manager.get(address).text
    key, seen = (re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in ("key", "seen"))
    fields = {"key": key, "seen": seen, "counted": "7", "reason": "перелік"}
    answers = [manager.post(address, data=fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    db.session.rollback()
    assert db.session.scalars(db.select(StockLevel.on_hand)).one() == 7
    why = manager.get(f"/admin/why/{edition.id}/").text
    assert "перелік" in why


def test_a_count_of_what_has_moved_since_is_refused_and_the_reason_stays(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    fields = {"key": "a", "seen": "4", "counted": "7", "reason": "перелік"}
    answer = manager.post(f"/admin/why/{edition.id}/{place.id}/adjust/", data=fields)
    assert answer.status_code == 200
    assert 'value="перелік"' in answer.text


def test_who_may_not_see_costs_is_not_told_what_copies_are_worth(staff: Callable[..., Browser]) -> None:
    edition = editions_of(make_game(EditionFactsFactory(cost=Decimal("412.37"))))[0]
    make_stock(edition, make_location(), 2, Decimal("412.37"))
    address = f"/admin/why/{edition.id}/"
    assert "824,74" in staff("manager").get(address).text
    assert "824,74" not in staff("viewer").get(address).text


def test_a_past_day_does_not_show_what_stands_where_today(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location("Антресоля"), 2)
    cell = 'class="t" href="/admin/why/'
    assert cell in manager.get(f"/admin/why/{edition.id}/").text
    assert cell not in manager.get(f"/admin/why/{edition.id}/?on=2026-01-01").text


def test_the_screen_without_an_edition_leads_to_the_levels(manager: Browser) -> None:
    assert manager.get("/admin/why/").headers["Location"] == "/admin/levels/"
