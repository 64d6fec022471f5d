"""Two people change one thing: what was left alone becomes theirs, and what both changed is chosen."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from shop.accounts import operations as accounts
from shop.accounts.models import Account, Role
from shop.accounts.rules import Permission
from shop.catalog.models import Category, Edition, Game, Publisher
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.operations.words import CATEGORIES, add_word
from shop.db import db, transaction
from tests.clients import Browser
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game
from tests.forms import typed

NBSP = "\N{NO-BREAK SPACE}"
Pair = tuple[Browser, Browser]


@pytest.fixture
def two(staff: Callable[..., Browser]) -> Pair:
    """Two owners: I and Марко."""
    return staff("owner", name="Олена"), staff("owner", name="Марко")


def _clash(two: Pair, address: str, mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    """My form after Марко has saved another one of the same thing."""
    me, other = two
    before = typed(me.get(address).text)
    assert other.post(address, data=typed(other.get(address).text) | theirs).status_code == 303
    answer = me.post(address, data=before | mine)
    assert answer.status_code == 200
    assert answer.text.count('class="notice"') == 1
    assert "data-unsaved" in answer.text
    return answer.text


@pytest.mark.parametrize(("pick", "price"), [("mine", 1350), ("theirs", 1290)])
def test_a_field_that_both_changed_shows_both_and_the_one_that_is_chosen_is_saved(
    two: Pair, pick: str, price: int
) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(1200)), title="Каркасон")
    address = f"/admin/games/edit/?id={game.id}"
    mine = {"editions-0-price": "1 350", "title": "Каркасон. Ювілейний"}
    theirs = {"editions-0-price": "1290", "title_original": "Carcassonne"}
    page = _clash(two, address, mine, theirs)
    assert f"було 1{NBSP}200{NBSP}₴" in page
    assert f"ви 1{NBSP}350{NBSP}₴" in page
    assert f"Марко 1{NBSP}290{NBSP}₴" in page
    assert "Марко: змінено, було —" in page
    assert "1 поле розійшлося" in page
    again = typed(page)
    assert (again["title"], again["title_original"]) == (["Каркасон. Ювілейний"], ["Carcassonne"])
    assert "editions-0-price" not in again
    unchosen = two[0].post(address, data=again)
    assert unchosen.status_code == 200
    assert typed(unchosen.text)["met"] == again["met"]
    assert two[0].post(address, data=typed(unchosen.text) | {"pick-editions-0-price": pick}).status_code == 303
    db.session.rollback()
    stored = db.session.get_one(Game, game.id)
    assert (stored.title, stored.title_original) == ("Каркасон. Ювілейний", "Carcassonne")
    assert editions_of(stored)[0].price == price


def test_what_was_taken_over_can_be_put_back_and_nothing_is_saved_by_it(two: Pair) -> None:
    game = make_game(title="Каркасон", title_original="Carcassonne")
    address = f"/admin/games/edit/?id={game.id}"
    page = _clash(two, address, {"year": "2001"}, {"title_original": "Carcassonne 2021"})
    assert "Марко: змінено, було Carcassonne" in page
    back = two[0].post(address, data=typed(page) | {"put_back": "title_original"})
    assert back.status_code == 200
    assert "було Carcassonne" not in back.text
    db.session.rollback()
    assert db.session.get_one(Game, game.id).title_original == "Carcassonne 2021"
    assert two[0].post(address, data=typed(back.text)).status_code == 303
    db.session.rollback()
    stored = db.session.get_one(Game, game.id)
    assert (stored.title_original, stored.year) == ("Carcassonne", 2001)


def test_all_of_theirs_can_be_taken_at_once(two: Pair) -> None:
    game = make_game(title="Каркасон")
    address = f"/admin/games/edit/?id={game.id}"
    both = ({"title": "Моя", "editions-0-low_stock_at": "5"}, {"title": "Їхня", "editions-0-low_stock_at": "4"})
    page = _clash(two, address, *both)
    assert "2 поля розійшлися" in page
    taken = two[0].post(address, data=typed(page) | {"take_theirs": "1"})
    assert taken.status_code == 200
    assert re.findall(r'value="theirs" required checked', taken.text) == ['value="theirs" required checked'] * 2
    assert two[0].post(address, data=typed(taken.text)).status_code == 303
    db.session.rollback()
    stored = db.session.get_one(Game, game.id)
    assert (stored.title, editions_of(stored)[0].low_stock_at) == ("Їхня", 4)


def test_a_third_person_between_is_met_too(two: Pair, staff: Callable[..., Browser]) -> None:
    game = make_game(title="Каркасон")
    address = f"/admin/games/edit/?id={game.id}"
    page = _clash(two, address, {"title": "Моя"}, {"title": "Їхня"})
    third = staff("owner", name="Тарас")
    assert third.post(address, data=typed(third.get(address).text) | {"title": "Третя"}).status_code == 303
    again = two[0].post(address, data=typed(page) | {"pick-title": "mine"})
    assert again.status_code == 200
    assert "Тарас Третя" in again.text
    assert "було Їхня" in again.text
    assert two[0].post(address, data=typed(again.text) | {"pick-title": "mine"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Game, game.id).title == "Моя"


def test_what_is_chosen_of_several_is_told_by_names_and_kept_whole(two: Pair) -> None:
    with transaction():
        words = {
            name: add_word(CATEGORIES, name, name_en="", actor=SYSTEM, at=AT).id for name in ("Аби", "Війна", "Сім’я")
        }
    game = make_game(title="Каркасон", category_ids=frozenset({words["Аби"]}))
    address = f"/admin/games/edit/?id={game.id}"
    mine = {"category_ids": [str(words["Аби"]), str(words["Війна"])]}
    page = _clash(two, address, mine, {"category_ids": str(words["Сім’я"]), "is_expansion": "y"})
    assert "ви Аби, Війна" in page
    assert "Марко Сім’я" in page
    assert two[0].post(address, data=typed(page) | {"pick-category_ids": "mine"}).status_code == 303
    db.session.rollback()
    stored = db.session.get_one(Game, game.id)
    assert [category.name for category in stored.categories] == ["Аби", "Війна"]
    assert stored.is_expansion


def _publisher() -> tuple[str, type[Any], int]:
    with transaction():
        return "publishers", Publisher, add_publisher("Geekach", actor=SYSTEM, at=AT).id


def _word() -> tuple[str, type[Any], int]:
    with transaction():
        return "categories", Category, add_word(CATEGORIES, "Війна", name_en="War", actor=SYSTEM, at=AT).id


def _person() -> tuple[str, type[Any], int]:
    return "staff", Account, db.session.scalars(db.select(Account.id).order_by(Account.id)).all()[0]


def _role() -> tuple[str, type[Any], int]:
    with transaction():
        return "roles", Role, accounts.add_role("Каса", permissions=[Permission.CATALOG_READ], actor=SYSTEM, at=AT).id


@pytest.mark.parametrize("thing", [_publisher, _word, _person, _role])
@pytest.mark.parametrize("pick", ["mine", "theirs"])
def test_every_form_of_a_row_meets_the_same_way(
    two: Pair, thing: Callable[[], tuple[str, type[Any], int]], pick: str
) -> None:
    screen, table, row_id = thing()
    address = f"/admin/{screen}/edit/?id={row_id}"
    page = _clash(two, address, {"name": "Моя назва"}, {"name": "Чужа назва"})
    assert "ви Моя назва" in page
    assert "Марко Чужа назва" in page
    assert two[0].post(address, data=typed(page)).status_code == 200
    assert two[0].post(address, data=typed(page) | {"pick-name": pick}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(table, row_id).name == {"mine": "Моя назва", "theirs": "Чужа назва"}[pick]


def test_boxes_that_both_ticked_are_chosen_between(two: Pair) -> None:
    screen, _, role_id = _role()
    address = f"/admin/{screen}/edit/?id={role_id}"
    mine = {"permissions": ["catalog:read", "audit:read"]}
    page = _clash(two, address, mine, {"permissions": ["catalog:read", "stock:read"]})
    assert 'name="permissions"' not in page
    assert two[0].post(address, data=typed(page) | {"pick-permissions": "mine"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Role, role_id).permissions == ["audit:read", "catalog:read"]


def test_a_price_that_one_may_not_change_is_nobodys_conflict(two: Pair, staff: Callable[..., Browser]) -> None:
    with transaction():
        accounts.add_role("описи", permissions=[Permission.CATALOG_READ, Permission.CATALOG_WRITE], actor=SYSTEM, at=AT)
    writer, game = staff("описи", name="Тарас"), make_game(title="Каркасон")
    page = _clash((writer, two[1]), f"/admin/games/edit/?id={game.id}", {"year": "2001"}, {"editions-0-price": "950"})
    assert "pick-" not in page
    assert "950" in page
    assert writer.post(f"/admin/games/edit/?id={game.id}", data=typed(page)).status_code == 303
    db.session.rollback()
    assert [edition.price for edition in db.session.scalars(db.select(Edition))] == [Decimal(950)]


@pytest.mark.parametrize(
    "odd", ["x", "[]", "{", '{"fields": 1}', '{"fields": {"title": {}}}', '{"at": "x"}', "[" * 9999]
)
def test_what_a_form_says_it_remembers_is_read_calmly(manager: Browser, odd: str) -> None:
    game = make_game()
    address = f"/admin/games/edit/?id={game.id}"
    fields = typed(manager.get(address).text)
    assert (
        manager.post(address, data=fields | {"met": odd, "seen": odd, "version": "1", "title": ""}).status_code == 200
    )
    assert manager.post(address, data=fields | {"met": odd, "seen": odd, "version": "99"}).status_code == 200


def test_a_form_that_came_back_refused_is_still_unsaved(manager: Browser) -> None:
    for address in ("/admin/games/new/", "/admin/locations/new/", "/admin/publishers/new/"):
        assert "data-unsaved" not in manager.get(address).text
        assert "data-guard data-unsaved" in manager.post(address, data={"key": "k", "name": "", "title": ""}).text
