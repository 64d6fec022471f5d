"""Reading a wish out of an address and writing it back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shop.catalog.rules.editions import Language
from shop.catalog.rules.states import GameState
from shop.catalog.rules.wishes import Sort, Wish
from storefront.addresses import address, editions_asked, place_of, read_page, read_wish


def test_a_wish_that_was_written_is_read_again() -> None:
    wish = Wish(
        q="каркасон",
        players=4,
        language=Language.UKRAINIAN,
        category="fentezi",
        expansions=False,
        price_to=Decimal("1299.50"),
        available=True,
        sort=Sort.CHEAP,
    )
    assert read_wish(address(wish)) == wish


def test_what_is_not_wished_is_left_out_of_the_address() -> None:
    assert address(Wish()) == {}
    assert address(Wish(players=2, age=8), players=None) == {"age": "8"}


def test_a_wish_has_one_spelling_whatever_is_changed_in_it() -> None:
    wish = Wish(q="а б", age=8, language=Language.UKRAINIAN)
    assert place_of(wish, players=3) == "?q=%D0%B0+%D0%B1&players=3&age=8&edition_language=uk"
    assert place_of(wish, players=3) == place_of(replace(wish, players=3))
    assert place_of(wish, q="", age=None, language=None, page=2) == "?page=2"
    assert place_of(Wish(sort=Sort.NEW), sort=Sort.TITLE) == place_of(Wish()) == ""


@pytest.mark.parametrize("name", ["players", "minutes", "age", "weight", "edition_language", "price_from", "sort"])
def test_what_cannot_be_read_counts_as_not_asked(name: str) -> None:
    assert read_wish({name: "нісенітниця"}) == Wish()


def test_a_shopper_cannot_ask_for_hidden_games() -> None:
    assert read_wish({"state": "hidden", "publisher_id": "5"}) == Wish()
    assert address(replace(Wish(), state=GameState.HIDDEN, sold_out=True)) == {}


@pytest.mark.parametrize(("text", "number"), [("", 1), ("0", 1), ("7", 7), ("999999", 100), ("-3", 1), ("x", 1)])
def test_a_page_is_one_that_can_be_turned_to(text: str, number: int) -> None:
    assert read_page(text, last=100) == number


def test_of_a_wish_only_the_editions_go_on_to_a_game() -> None:
    wish = Wish(q="карк", players=3, language=Language.ENGLISH)
    assert place_of(editions_asked(wish)) == "?edition_language=en"
    assert place_of(editions_asked(Wish(players=3))) == ""
