"""What every table's forms do alike: a deed is done once, a refusal keeps what was typed, and nothing leads away."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from shop import writers
from shop.accounts.models import Account, Role
from shop.catalog.models import Category, Game, Mechanic, Publisher
from shop.catalog.rules.states import GameState
from shop.db import db
from shop.stock.models import Location
from tests.clients import Browser
from tests.factories import make_game, make_location
from tests.forms import typed

GAME = {
    "title": "Каркасон",
    "editions-0-language": "uk",
    "editions-0-condition": "new",
    "editions-0-price": "890",
    "editions-0-vat_rate": "none",
    "editions-0-low_stock_at": "2",
}
STAFF = {"name": "Ірина", "email": "iryna@x.ua", "roles": ["viewer"], "password": "kava-paperovyi-lis-78"}
NEW = {
    "games": (Game, GAME, {"title": "Інша гра"}),
    "publishers": (Publisher, {"name": "Geekach"}, {"name": "Rozum"}),
    "categories": (Category, {"name": "Стратегія", "name_en": "Strategy"}, {"name": "Сімейна"}),
    "mechanics": (Mechanic, {"name": "Аукціон", "name_en": "Auction"}, {"name": "Драфт"}),
    "locations": (Location, {"name": "Крамниця"}, {"name": "Склад"}),
    "staff": (Account, STAFF, {"name": "Інша"}),
    "roles": (Role, {"name": "Бухгалтер", "permissions": ["report:read"]}, {"name": "Касир"}),
}


def _count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(table)) or 0


def _key(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


@pytest.mark.parametrize("screen", NEW)
def test_a_form_that_is_sent_eight_times_makes_one(staff: Callable[..., Browser], screen: str) -> None:
    table, typed, _ = NEW[screen]
    owner = staff("owner")
    fields = typed | {"key": _key(owner.get(f"/admin/{screen}/new/").text)}
    before = _count(table)
    answers = [owner.post(f"/admin/{screen}/new/", data=fields) for _ in range(8)]
    assert {answer.status_code for answer in answers} == {303}
    assert _count(table) == before + 1


@pytest.mark.parametrize("screen", NEW)
def test_a_used_key_with_other_content_is_refused_and_what_was_typed_stays(
    staff: Callable[..., Browser], screen: str
) -> None:
    table, typed, other = NEW[screen]
    owner = staff("owner")
    owner.post(f"/admin/{screen}/new/", data=typed | {"key": "one-key"})
    before = _count(table)
    answer = owner.post(f"/admin/{screen}/new/", data=typed | other | {"key": "one-key"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert all(f'value="{text}"' in answer.text for text in other.values())
    assert _count(table) == before


def test_a_publisher_that_another_form_adds_twice_is_one(manager: Browser) -> None:
    sent = [manager.post("/admin/publishers/lookup/", data={"name": "Geekach", "key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json == sent[1].json
    alike = manager.post("/admin/publishers/lookup/", data={"name": "Geekach!"}, headers={"Accept": "application/json"})
    assert (alike.status_code, alike.json["code"]) == (409, "name_alike")


@pytest.mark.parametrize(
    "address",
    ["http:/evil", "//evil.example/", "/\\evil.example", "/admin/\r\nX-Evil: 1", "/admin//evil", "javascript:alert(1)"],
)
def test_an_address_that_is_not_ours_leads_nowhere(manager: Browser, address: str) -> None:
    fields = {"action": "hide", "rowid": make_game().id}
    answer = manager.post("/admin/games/action/", data=fields | {"back": address})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/games/")
    answer = manager.post("/admin/games/action/", data=fields | {"url": address})
    assert answer.status_code == 400 or answer.headers["Location"] == "/admin/games/"


def test_an_action_that_there_is_not_is_refused(manager: Browser) -> None:
    assert manager.post("/admin/games/action/", data={"action": "burn", "rowid": 1}).status_code == 400


def test_a_row_that_is_not_there_is_told(manager: Browser) -> None:
    for address in ("/admin/locations/edit/?id=99", "/admin/categories/edit/?id=x", "/admin/publishers/edit/"):
        assert manager.get(address).status_code == 404, address
    assert manager.post("/admin/publishers/delete/", data={"id": 99}).status_code == 404


def test_whose_row_was_changed_meanwhile_is_told_and_may_save_again(
    manager: Browser, staff: Callable[..., Browser]
) -> None:
    place = make_location("Склад")
    address = f"/admin/locations/edit/?id={place.id}"
    mine = typed(manager.get(address).text)
    assert staff("manager", name="Марко").post(address, data=mine | {"name": "Основний склад"}).status_code == 303
    refused = manager.post(address, data=mine | {"name": "Мій склад"})
    assert refused.status_code == 200
    assert "Марко" in refused.text
    again = typed(refused.text)
    assert manager.post(address, data=again).status_code == 200  # nothing is chosen yet
    assert manager.post(address, data=again | {"pick-name": "mine"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Location, place.id).name == "Мій склад"


def test_a_busy_moment_does_not_let_one_save_over_what_one_has_not_seen(
    manager: Browser, staff: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has many writers: a busy moment can't be made by one that waits")
    place = make_location("Склад")
    address, version = f"/admin/locations/edit/?id={place.id}", place.version
    staff("manager", name="Марко").post(address, data={"version": version, "name": "Основний склад"})
    db.session.rollback()
    queue = writers.queue_of(db.engine.url.database)
    monkeypatch.setattr(queue, "enter", lambda: writers.WriterQueue.enter(queue, 0.05))
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as other:
        other.exec_driver_sql("SELECT 1")
        busy = manager.post(address, data={"version": version, "name": "Мій склад"})
    assert "Саме зараз записують інші" in busy.text
    assert "Марко" in busy.text
    assert manager.post(address, data=typed(busy.text)).status_code == 200


def test_a_view_without_a_permission_has_no_address(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/admin")]
    assert not [rule for rule in rules if "ajax" in rule.rule or "details" in rule.rule]


def test_a_category_is_added_in_a_dialog_and_told_of_there(manager: Browser) -> None:
    fields = {"name": "Абстрактна", "name_en": ""}
    assert manager.post("/admin/categories/new/?modal=1", data=fields | {"key": "a"}).status_code == 303
    again = manager.post("/admin/categories/new/?modal=1", data=fields | {"key": "b"})
    assert again.status_code == 200
    assert "<nav" not in again.text
    assert 'id="name-error"' in again.text


def test_a_deed_reaches_all_that_the_list_finds_and_nothing_else(manager: Browser) -> None:
    games = [make_game(title=f"Азул {number}") for number in range(30)]
    other = make_game(title="Бункер")
    answer = manager.post("/admin/games/action/?search=азул", data={"action": "hide", "all": "1"})
    assert answer.status_code == 303
    db.session.rollback()
    states = [db.session.get_one(Game, game.id).state for game in (*games, other)]
    assert states == [GameState.HIDDEN] * 30 + [GameState.ON_SALE]


def test_all_that_is_found_is_offered_where_it_is_more_than_the_page(manager: Browser) -> None:
    for number in range(26):
        make_game(title=f"Азул {number}")
    assert "усі 26, які знайшов список" in manager.get("/admin/games/?search=азул").text
    assert "які знайшов список" not in manager.get("/admin/games/?search=азул 1").text


def test_too_much_at_once_and_nothing_at_all_are_refused(manager: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_game(title=f"Азул {number}")
    refused = manager.post("/admin/games/action/", data={"action": "hide"}, follow_redirects=True)
    assert "Позначте хоча б один рядок." in refused.text
    monkeypatch.setattr("backoffice.tables.MOST_CHOSEN", 2)
    refused = manager.post("/admin/games/action/", data={"action": "hide", "all": "1"}, follow_redirects=True)
    assert "Звузьте список" in refused.text
    db.session.rollback()
    assert db.session.scalars(db.select(Game.state)).all() == [GameState.ON_SALE] * 3
