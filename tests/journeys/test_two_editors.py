"""Two people edit one game: nothing typed is lost, what differs is chosen, and leaving asks first until it is saved."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.catalog.operations import games
from shop.catalog.rules.facts import GameFacts, stored_facts
from shop.db import db, transaction
from tests.factories import AT, EditionFactsFactory, editions_of, make_game

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]
NBSP = "\N{NO-BREAK SPACE}"
OLENA = Actor.command("Олена Власниця")


def _saved_by_olena(game_id: int, *, price: int, low_stock_at: int, original: str) -> None:
    db.session.rollback()
    game = db.session.get_one(Game, game_id)
    edition = replace(stored_facts(editions_of(game)[0]), price=Decimal(price), low_stock_at=low_stock_at)
    facts = GameFacts(game.title, title_original=original, min_players=2, max_players=4, min_age=8)
    with transaction():
        games.change_game(game_id, facts, [edition], version=game.version, actor=OLENA, at=AT)


@pytest.fixture(params=["desktop", "phone"])
def tab(request: pytest.FixtureRequest) -> Page:
    """A tab of a manager on either size."""
    return request.getfixturevalue({"desktop": "page", "phone": "phone"}[request.param])


def test_what_differs_is_chosen_where_it_stands_and_leaving_asks_until_it_is_saved(app: Flask, tab: Page) -> None:
    game_id = make_game(EditionFactsFactory(price=Decimal(1200)), title="Каркасон").id
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.goto(f"/admin/games/edit/?id={game_id}")
    tab.fill("#title", "Каркасон. Ювілейний")
    tab.fill("#editions-0-price", "1 350")
    tab.fill("#editions-0-low_stock_at", "5")
    _saved_by_olena(game_id, price=1290, low_stock_at=4, original="Carcassonne 2021")
    tab.click(".dock .primary")
    expect(tab.locator(".notice")).to_contain_text("2 поля розійшлися")
    expect(tab.locator(".clash")).to_have_count(2)
    expect(tab.locator("[data-choosing]")).to_contain_text("Вибрано 0 з 2.")
    expect(tab.locator("#title")).to_have_value("Каркасон. Ювілейний")
    expect(tab.locator("#title_original")).to_have_value("Carcassonne 2021")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.on("dialog", stay)
    tab.locator(".head a").first.click()  # leads away from what is not saved
    tab.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    tab.get_by_text(f"ви 1{NBSP}350{NBSP}₴").click()
    expect(tab.locator("[data-choosing]")).to_contain_text("Вибрано 1 з 2. Лишилося: «Мінімальний залишок»")
    tab.get_by_text("Олена 4").click()
    expect(tab.locator("[data-choosing]")).to_have_text("Вибрано 2 з 2.")
    tab.click(".dock .primary")
    expect(tab.locator(".flash.ok")).to_contain_text("збережено")
    tab.locator(".head a").first.click()
    tab.wait_for_url("**/audit/**")
    assert asked == ["beforeunload"]
    db.session.rollback()
    stored = db.session.get_one(Game, game_id)
    edition = editions_of(stored)[0]
    assert (stored.title, stored.title_original) == ("Каркасон. Ювілейний", "Carcassonne 2021")
    assert (edition.price, edition.low_stock_at) == (1350, 4)


def test_a_refused_form_still_asks_before_it_is_left(app: Flask, tab: Page) -> None:
    game_id = make_game(title="Каркасон").id
    asked: list[str] = []
    tab.goto(f"/admin/games/edit/?id={game_id}")
    tab.fill("#editions-0-ean13", "4820000000001")
    tab.click(".dock .primary")
    expect(tab.locator("#editions-0-ean13-error")).to_be_visible()
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.locator(".head a").first.click()
    tab.wait_for_timeout(300)
    assert asked == ["beforeunload"]
