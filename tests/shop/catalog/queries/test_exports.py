"""The file of games says every fact that the person may see."""

from decimal import Decimal

import pytest

from shop.accounts.rules import Permission
from shop.catalog.queries.exports import exported_fields, exported_games
from shop.catalog.rules.wishes import Wish
from tests.factories import EditionFactsFactory, make_game

pytestmark = pytest.mark.usefixtures("app")


def test_every_fact_of_a_game_and_its_edition_is_in_the_file() -> None:
    make_game(EditionFactsFactory(cost=Decimal(500)), title="Каркасон", designers=("Інка", "Клаус"))
    everything = list(Permission)
    row = dict(zip(exported_fields(everything), next(exported_games(Wish(), everything)), strict=True))
    assert (row["title"], row["price"], row["cost"], row["publisher"]) == ("Каркасон", 890, 500, None)
    assert sorted(row["designers"].split(", ")) == ["Інка", "Клаус"]
    assert "publisher_id" not in row


def test_costs_are_left_out_for_who_may_not_see_them() -> None:
    make_game()
    fields = exported_fields([Permission.CATALOG_READ])
    assert "cost" not in fields
    assert "price" in fields
    assert len(next(exported_games(Wish(), [Permission.CATALOG_READ]))) == len(fields)
