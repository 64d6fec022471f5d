"""Titles and descriptions for searchers."""

import re
from decimal import Decimal

import pytest

from shop.catalog.operations.publishers import add_publisher
from shop.catalog.rules.editions import Language
from shop.db import transaction
from tests.clients import Browser
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game, make_location, make_stock

NBSP = "\N{NO-BREAK SPACE}"


def _told(shopper: Browser, address: str) -> tuple[str, str]:
    """The title without the shop's name, and the description."""
    page = shopper.get(address).text
    title = re.search(r"<title>(.*?) · ", page)
    description = re.search(r'<meta name="description" content="(.*?)">', page)
    assert title is not None
    assert description is not None
    return title[1], description[1]


@pytest.fixture
def carcassonne(shopper: Browser) -> None:
    with transaction():
        publisher_id = add_publisher("Feelindigo", actor=SYSTEM, at=AT).id
    game = make_game(
        EditionFactsFactory(price=Decimal(890)),
        EditionFactsFactory(price=Decimal(1500), language=Language.ENGLISH),
        title="Каркасон",
        publisher_id=publisher_id,
        year=2019,
        description="Викладайте плитки  й ставте міплів. " + "Дуже довгий опис. " * 20,
    )
    make_stock(editions_of(game)[0], make_location(), 9)


def test_a_game_is_described_by_its_facts_and_how_its_text_begins(shopper: Browser, carcassonne: None) -> None:
    title, description = _told(shopper, "/games/karkason")
    assert title == "Каркасон — Feelindigo, 2019"
    assert description.startswith(
        f"Каркасон. Настільна гра: 2–4{NBSP}гравці, 30–45{NBSP}хв, 8+. Feelindigo, 2019. "
        f"Від 890{NBSP}₴, є в наявності. Викладайте плитки й ставте міплів. "
    )
    assert len(description) <= 200
    assert description.endswith("…")


def test_a_description_speaks_the_language_of_its_page(shopper: Browser, carcassonne: None) -> None:
    assert _told(shopper, "/en/games/karkason")[1].startswith("Каркасон. Board game: 2–4 players, 30–45 min, 8+.")
    assert _told(shopper, "/en/?players=3") == (
        "Board games: 3 players",
        "Board games: 3 players. 1 game. Among them: Каркасон.",
    )


def test_a_description_tells_of_the_edition_that_was_asked_for(shopper: Browser, carcassonne: None) -> None:
    description = _told(shopper, "/games/karkason?edition_language=en")[1]
    assert f"1{NBSP}500{NBSP}₴, незабаром." in description


def test_a_game_of_which_little_is_known_is_described_by_that(shopper: Browser) -> None:
    unknown = dict.fromkeys(["min_players", "max_players", "min_minutes", "max_minutes", "min_age"])
    make_game(title="Дика", is_expansion=True, **unknown)
    assert _told(shopper, "/games/dyka") == ("Дика", f"Дика. Доповнення. 890{NBSP}₴, незабаром.")


def test_the_catalogue_is_described_by_what_it_has(shopper: Browser, carcassonne: None) -> None:
    make_game(title="Дика")
    told = _told(shopper, "/")
    assert told == ("Настільні ігри", "Настільні ігри. 2 гри, є в наявності: 1. Серед них: Каркасон, Дика.")
    assert _told(shopper, "/?q=нема")[1] == "Настільні ігри: «нема». 0 ігор."


def test_no_two_pages_have_one_title_or_description(shopper: Browser) -> None:
    for number in range(30):
        make_game(title=f"Гра {number}")
    addresses = (
        "/",
        "/?page=2",
        "/?sort=cheap",
        "/?q=гра",
        "/?players=3",
        "/?players=3&minutes=45",
        "/en/",
        "/games/hra-1",
    )
    told = [_told(shopper, address) for address in addresses]
    assert len({title for title, _ in told}) == len({description for _, description in told}) == len(addresses)


def test_nobody_writes_markup_into_a_title_or_description(shopper: Browser) -> None:
    page = shopper.get('/?q="><script>alert(1)</script>').text
    assert "<script>" not in page
