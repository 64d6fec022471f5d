"""The page of one game."""

import json
import re
from decimal import Decimal

import pytest

from shop.catalog.operations import words
from shop.catalog.rules.editions import Condition, Language
from shop.db import transaction
from tests.clients import Browser
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted


def test_a_game_tells_its_facts_offers_and_expansions(shopper: Browser) -> None:
    base = make_game(EditionFactsFactory(price=Decimal("1299.50")), title="Каркасон")
    make_game(title="Мисливці", is_expansion=True, base_game_id=base.id)
    make_stock(editions_of(base)[0], make_location(), 2)
    page = shopper.get("/games/karkason").text
    assert "1\N{NO-BREAK SPACE}299,50\N{NO-BREAK SPACE}₴" in page
    assert "закінчується" in page
    assert "Мисливці" in page
    assert '<a href="/games/karkason">Каркасон</a>' in shopper.get("/games/myslyvtsi").text


def test_its_tags_lead_to_the_games_that_have_them(shopper: Browser) -> None:
    with transaction():
        word_id = words.add_word(words.CATEGORIES, "Фентезі", name_en="Fantasy", actor=SYSTEM, at=AT).id
    make_game(title="Каркасон", category_ids=frozenset({word_id}), designers=("Клаус",))
    assert '<a href="/?category=fentezi">Фентезі</a>' in shopper.get("/games/karkason").text
    english = shopper.get("/en/games/karkason").text
    assert '<a href="/en/?category=fentezi">Fantasy</a>' in english
    assert "<dd>Клаус</dd>" in english


def test_searchers_read_it_as_a_product(shopper: Browser) -> None:
    box = EditionFactsFactory(price=Decimal("1299.50"), condition=Condition.OPEN_BOX)
    make_stock(editions_of(make_game(box, title="Кава & <b>"))[0], make_location(), 9)
    page = shopper.get("/games/kava-b").text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    product = json.loads(data[1])
    assert product["name"] == "Кава & <b>"
    assert product["offers"][0]["price"] == "1299.50"
    assert product["offers"][0]["availability"] == "https://schema.org/InStock"
    assert product["offers"][0]["itemCondition"] == "https://schema.org/DamagedCondition"
    assert '<link rel="canonical" href="http://localhost/games/kava-b">' in page


def test_searchers_are_told_of_the_edition_that_was_asked_for(shopper: Browser) -> None:
    english = EditionFactsFactory(price=Decimal(1500), language=Language.ENGLISH)
    make_stock(editions_of(make_game(EditionFactsFactory(), english, title="Каркасон"))[0], make_location(), 9)
    page = shopper.get("/games/karkason?edition_language=en").text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    (offer,) = json.loads(data[1])["offers"]
    assert offer["availability"] == "https://schema.org/OutOfStock"
    assert offer["url"] == "http://localhost/games/karkason?edition_language=en&condition=new"
    assert '<link rel="canonical" href="http://localhost/games/karkason">' in page
    assert 'hreflang="en" href="http://localhost/en/games/karkason"' in page
    assert page.index("1\N{NO-BREAK SPACE}500") < page.index("890\N{NO-BREAK SPACE}₴</div>")


def test_a_page_costs_at_most_five_statements_and_a_kept_one_a_single_one(shopper: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location(), 2)
    for most in (5, 1):
        with counted() as statements:
            assert shopper.get("/games/karkason").status_code == 200
        assert len(statements) <= most, statements


@pytest.mark.parametrize("address", ["/games/nope", "/en/games/nope"])
def test_a_game_that_is_not_there_is_not_found(shopper: Browser, address: str) -> None:
    assert shopper.get(address).status_code == 404
