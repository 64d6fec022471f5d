"""Categories and mechanics: listed, counted, and all to choose from."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Category, Mechanic
from shop.catalog.operations.words import CATEGORIES, MECHANICS, add_word
from shop.catalog.queries.vocabulary import all_words, games_of_words, listed_words, row_by_id, words_of_shop
from shop.db import reading, transaction
from shop.paging import Place
from tests.factories import make_game, refused

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def ids(app: object, actor: Actor, now: datetime) -> list[int]:
    """Two categories, not in Ukrainian order, and a mechanic between them."""
    with transaction():
        return [
            add_word(CATEGORIES, "Родинні", name_en="Family", actor=actor, at=now).id,
            add_word(CATEGORIES, "Ґедзь", name_en="Gadfly", actor=actor, at=now).id,
            add_word(MECHANICS, "Драфт", name_en="Draft", actor=actor, at=now).id,
        ]


def test_words_stand_in_ukrainian_order_and_are_found_by_their_english_name(ids: list[int]) -> None:
    assert [each.name for each in all_words(Category)] == ["Ґедзь", "Родинні"]
    assert [each.name for each in listed_words(Category, "FAMI", place=Place(), size=9).rows] == ["Родинні"]
    assert listed_words(Category, "", place=Place(), size=1).total == 2


def test_the_shop_chooses_from_both_lists(ids: list[int]) -> None:
    with reading() as connection:
        words = words_of_shop(connection)
    assert [(each.kind, each.name, each.name_en) for each in words] == [
        ("category", "Ґедзь", "Gadfly"),
        ("mechanic", "Драфт", "Draft"),
        ("category", "Родинні", "Family"),
    ]


def test_the_games_of_each_word_are_counted(ids: list[int]) -> None:
    make_game(category_ids=frozenset({ids[0]}), mechanic_ids=frozenset({ids[2]}))
    make_game(category_ids=frozenset({ids[0]}))
    assert games_of_words(Category, ids[:2]) == {ids[0]: 2}
    assert games_of_words(Mechanic, ids[2:]) == {ids[2]: 1}


def test_a_word_that_is_gone_is_not_found(ids: list[int]) -> None:
    assert row_by_id(Category, ids[0]).name == "Родинні"
    with refused("not_found"):
        row_by_id(Category, 777)
