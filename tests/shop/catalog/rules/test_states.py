"""What a game must have before it is sold."""

from dataclasses import replace
from decimal import Decimal

from shop.catalog.rules.facts import GameFacts
from shop.catalog.rules.states import Missing, missing

WHOLE = GameFacts("Каркасон", min_players=2, max_players=5, min_age=0)


def test_a_game_needs_an_edition_with_a_price_its_players_and_its_age() -> None:
    assert missing(WHOLE, [Decimal(890)]) == []
    assert missing(WHOLE, []) == [Missing.EDITIONS]
    assert missing(replace(WHOLE, max_players=None), [Decimal(890)]) == [Missing.PLAYERS]
    assert missing(replace(WHOLE, min_age=None), [Decimal(890)]) == [Missing.AGE]
    assert missing(GameFacts("Каркасон"), []) == list(Missing)
