"""The public pages."""

from decimal import Decimal

import pytest
from flask import Flask

from shop.catalog.models import Game
from shop.catalog.rules.editions import Language
from shop.db import db, transaction
from tests.clients import Browser, browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted


@pytest.fixture
def shopper(app: Flask) -> Browser:
    """Somebody who only looks."""
    return browser(app)


def test_ukrainian_whatever_the_browser_asks_and_english_by_choice(shopper: Browser) -> None:
    for asked in ("ru", "en", "de;q=0.9"):
        assert '<html lang="uk">' in shopper.get("/", headers={"Accept-Language": asked}).text
    assert '<html lang="en">' in shopper.get("/en/").text


@pytest.mark.parametrize("address", ["/", "/?q=гра&players=3", "/en/", "/games/karkason", "/nope", "/robots.txt"])
def test_a_public_page_touches_no_session(shopper: Browser, address: str) -> None:
    make_game(title="Каркасон")
    answer = shopper.get(address)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_page_of_the_catalogue_costs_at_most_six_statements(shopper: Browser) -> None:
    place = make_location()
    for number in range(30):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number % 3)
    for address in ("/", "/?page=2", "/?q=гра&players=3&sort=cheap"):
        with counted() as statements:
            assert shopper.get(address).status_code == 200
        assert len(statements) <= 6, statements


def test_games_in_stock_come_first_and_only_they_when_asked(shopper: Browser) -> None:
    make_game(title="Абетка")
    make_stock(editions_of(make_game(title="Яр"))[0], make_location(), 1)
    page = shopper.get("/").text
    assert page.index(">Яр<") < page.index(">Абетка<")
    assert "Абетка" not in shopper.get("/?available=1").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("players=3", {"Каркасон", "Дика"}),
        ("players=6", {"Дика"}),
        ("minutes=45", {"Каркасон"}),
        ("age=8", {"Каркасон"}),
        ("weight=light", {"Каркасон"}),
        ("price_to=900", {"Каркасон"}),
        ("price_from=1 000,50", {"Дика"}),
        ("expansions=1", set()),
        ("edition_language=en", {"Дика"}),
        ("q=карк", {"Каркасон"}),
        ("category=nope", set()),
        ("players=abc&minutes=-1&weight=zz&page=zz", {"Каркасон", "Дика"}),
    ],
)
def test_filters_think_as_players_do(shopper: Browser, asked: str, found: set[str]) -> None:
    make_game(title="Каркасон", weight=Decimal("1.9"))
    heavy = {"max_players": 6, "min_minutes": 90, "max_minutes": 120, "min_age": 14, "weight": Decimal("3.5")}
    make_game(EditionFactsFactory(price=Decimal(1500), language=Language.ENGLISH), title="Дика", **heavy)
    page = shopper.get(f"/?{asked}").text
    assert {title for title in ("Каркасон", "Дика") if f">{title}<" in page} == found


def test_a_game_tells_its_facts_offers_and_expansions(shopper: Browser) -> None:
    base = make_game(EditionFactsFactory(price=Decimal("1299.50")), title="Каркасон")
    make_game(title="Мисливці", is_expansion=True, base_game_id=base.id)
    make_stock(editions_of(base)[0], make_location(), 2)
    page = shopper.get("/games/karkason").text
    assert "1\N{NO-BREAK SPACE}299,50\N{NO-BREAK SPACE}₴" in page
    assert "останні примірники" in page
    assert "Мисливці" in page
    assert '"price": "1299.50"' in page
    assert "Потрібна базова гра" in shopper.get("/games/myslyvtsi").text


def test_a_hidden_game_is_not_shown(shopper: Browser) -> None:
    game = make_game(title="Каркасон")
    with transaction():
        db.session.get_one(Game, game.id).archived_at = game.created_at
    assert shopper.get("/games/karkason").status_code == 404
    assert "Каркасон" not in shopper.get("/").text


@pytest.mark.parametrize("address", ["/?endpoint=1", "/?_method=POST", "/games/karkason?endpoint=1"])
def test_odd_addresses_are_answered_calmly(shopper: Browser, address: str) -> None:
    make_game(title="Каркасон")
    assert shopper.get(address).status_code == 200
    assert shopper.get("/?category=%00").status_code == 400


def test_the_language_of_editions_is_not_the_language_of_the_page(shopper: Browser) -> None:
    for number in range(30):
        make_game(EditionFactsFactory(language=Language.ENGLISH), title=f"Гра {number}")
    page = shopper.get("/?edition_language=en").text
    assert '<html lang="uk">' in page
    assert "/?edition_language=en&amp;page=2" in page


def test_nobody_writes_markup_into_a_page(shopper: Browser) -> None:
    make_game(title="<script>alert(1)</script>")
    assert "<script>alert" not in shopper.get("/").text
    assert "<script>alert" not in shopper.get("/?q=<script>alert(1)</script>").text


def test_every_answer_carries_the_strict_policy(shopper: Browser) -> None:
    policy = shopper.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert shopper.get("/nope").status_code == 404
