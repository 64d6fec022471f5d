"""What is tidied in the facts of games and editions, and what is refused with its field."""

from decimal import Decimal
from typing import Any

import pytest

from shop.catalog.rules.checks import check_edition, check_game
from shop.catalog.rules.facts import EditionFacts, GameFacts
from tests.factories import refused


def test_texts_of_a_game_are_tidied_and_a_designer_is_named_once() -> None:
    facts = check_game(GameFacts("  Дикий   ліс ", designers=("Вреде ", "", "Вреде"), description=" Гра. "))
    assert (facts.title, facts.designers, facts.description) == ("Дикий ліс", ("Вреде",), "Гра.")


def test_only_an_expansion_has_a_base_game() -> None:
    assert check_game(GameFacts("Гра", base_game_id=1)).base_game_id is None
    assert check_game(GameFacts("Гра", is_expansion=True, base_game_id=1)).base_game_id == 1


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"title_original": "x" * 201}, "title_too_long", "title_original"),
        ({"year": 2101}, "year_wrong", "year"),
        ({"min_players": 4, "max_players": 2}, "players_wrong", "max_players"),
        ({"min_players": 2, "best_players": 1}, "best_players_wrong", "best_players"),
    ],
)
def test_what_cannot_be_right_of_a_game_is_refused_at_its_field(facts: dict[str, Any], code: str, field: str) -> None:
    with refused(code) as refusal:
        check_game(GameFacts(**{"title": "Гра"} | facts))
    assert refusal.value.field == field


def test_an_edition_gets_a_tidy_sku_and_barcode() -> None:
    facts = check_edition(
        EditionFacts(Decimal(890), sku=" kark-1 ", ean13="4006381-333931", printing=" друге  видання")
    )
    assert (facts.sku, facts.ean13, facts.printing) == ("KARK-1", "4006381333931", "друге видання")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"price": Decimal(0)}, "price_wrong"),
        ({"sku": "К-1"}, "sku_wrong"),
        ({"low_stock_at": -1}, "low_stock_at_wrong"),
    ],
)
def test_what_cannot_be_right_of_an_edition_is_refused(facts: dict[str, Any], code: str) -> None:
    with refused(code):
        check_edition(EditionFacts(**{"price": Decimal(890)} | facts))
