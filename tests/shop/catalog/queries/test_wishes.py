"""One wish finds the same games for the storefront and for the staff."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.operations.publishing import hide_game
from shop.catalog.operations.words import CATEGORIES, add_word
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.editions import Language
from shop.catalog.rules.states import GameState
from shop.catalog.rules.wishes import Weight, Wish
from shop.db import db, transaction
from shop.stock import operations as stock
from tests.factories import (
    AT,
    SYSTEM,
    EditionFactsFactory,
    editions_of,
    key,
    make_game,
    make_location,
    make_stock,
)

pytestmark = pytest.mark.usefixtures("app")


def _wanted(wish: Wish) -> list[str]:
    return list(db.session.scalars(db.select(Game.title).where(*conditions(wish)).order_by(Game.title)))


def test_each_wish_narrows_the_games_down(actor: Actor, now: datetime) -> None:
    with transaction():
        publisher_id = add_publisher("Feelindigo", actor=actor, at=now).id
        category_id = add_word(CATEGORIES, "Фентезі", name_en="Fantasy", actor=actor, at=now).id
    english = EditionFactsFactory(language=Language.ENGLISH, price=Decimal(300))
    make_game(title="Азул", category_ids=frozenset({category_id}), weight=Decimal(5), publisher_id=publisher_id)
    make_game(english, title="Бенг", max_players=8, min_age=14, is_expansion=True)
    for wish, found in (
        (Wish(), ["Азул", "Бенг"]),
        (Wish(q="аз"), ["Азул"]),
        (Wish(category="fentezi"), ["Азул"]),
        (Wish(category="немає"), []),
        (Wish(publisher_id=publisher_id), ["Азул"]),
        (Wish(weight=Weight.HEAVY), ["Азул"]),
        (Wish(players=6), ["Бенг"]),
        (Wish(age=10), ["Азул"]),
        (Wish(minutes=20), []),
        (Wish(language=Language.ENGLISH), ["Бенг"]),
        (Wish(expansions=False), ["Азул"]),
        (Wish(price_from=Decimal(500)), ["Азул"]),
        (Wish(price_to=Decimal(500)), ["Бенг"]),
        (Wish(available=True), []),
        (Wish(available=False), ["Азул", "Бенг"]),
    ):
        assert _wanted(wish) == found, wish


def test_hidden_games_are_wanted_only_when_asked_for(actor: Actor, now: datetime) -> None:
    game = make_game(title="Схована")
    make_game(title="Видна")
    with transaction():
        hide_game(game.id, actor=actor, at=now)
    assert _wanted(Wish()) == ["Видна"]
    assert _wanted(Wish(state=GameState.HIDDEN)) == ["Схована"]
    make_game(title="Чернетка", state=GameState.DRAFT)
    assert _wanted(Wish()) == ["Видна"]
    assert _wanted(Wish(state=GameState.DRAFT)) == ["Чернетка"]
    assert _wanted(Wish(state=None)) == ["Видна", "Чернетка"]


def test_a_price_is_that_of_the_editions_that_are_named() -> None:
    english = EditionFactsFactory(language=Language.ENGLISH, price=Decimal(900))
    make_game(EditionFactsFactory(price=Decimal(300)), english, title="Дві мови")
    for wish, found in (
        (Wish(price_to=Decimal(500)), ["Дві мови"]),
        (Wish(price_to=Decimal(500), language=Language.UKRAINIAN), ["Дві мови"]),
        (Wish(price_to=Decimal(500), language=Language.ENGLISH), []),
        (Wish(price_from=Decimal(500), language=Language.ENGLISH), ["Дві мови"]),
    ):
        assert _wanted(wish) == found, wish


def test_only_what_was_once_in_stock_is_sold_out() -> None:
    make_game(title="Нова")
    edition = editions_of(make_game(title="Розпродана"))[0]
    assert _wanted(Wish(sold_out=True)) == []
    place = make_location()
    make_stock(edition, place, 1)
    assert _wanted(Wish(sold_out=True)) == []
    with transaction():
        stock.write_off([stock.Line(edition.id, 1)], location_id=place.id, reason="ні", key=key(), actor=SYSTEM, at=AT)
    assert _wanted(Wish(sold_out=True)) == ["Розпродана"]
    assert _wanted(Wish(available=False)) == ["Нова", "Розпродана"]
