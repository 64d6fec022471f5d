"""Cards tell of the editions that were asked for."""

from decimal import Decimal

import pytest
from flask import Flask

from shop.catalog.models import Game
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.wishes import Sort, Wish
from shop.db import reading
from shop.pages.cards import Card, first_cards, read_cards
from shop.pages.catalogue import catalogue_page, counts_of
from shop.stock.rules import Availability
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock


def _found(wish: Wish) -> list[Card]:
    with reading() as connection:
        counts = counts_of(wish, connection=connection)
        return list(catalogue_page(wish, number=1, counts=counts, connection=connection).cards)


def _only(wish: Wish) -> Card:
    (card,) = _found(wish)
    return card


@pytest.mark.parametrize(("copies", "told"), [(0, Availability.OUT), (2, Availability.LOW), (3, Availability.IN_STOCK)])
def test_the_last_copies_are_told_on_the_card(app: Flask, copies: int, told: Availability) -> None:
    edition = editions_of(make_game(EditionFactsFactory(low_stock_at=2)))[0]
    if copies:
        make_stock(edition, make_location(), copies)
    assert _only(Wish()).availability is told


def test_a_game_has_plenty_when_one_edition_has_or_all_locations_together_have(app: Flask) -> None:
    two, many = editions_of(make_game(EditionFactsFactory(), EditionFactsFactory()))
    place, other = make_location("Склад"), make_location("Крамниця")
    make_stock(two, place, 2)
    assert _only(Wish()).availability is Availability.LOW
    make_stock(many, place, 2)
    make_stock(many, other, 2)
    assert _only(Wish()).availability is Availability.IN_STOCK


@pytest.fixture
def two_languages(app: Flask) -> Game:
    """In Ukrainian for 700 and in stock; in English for 900, new and sold out, and a dented box for 800 in stock."""
    english = {"language": Language.ENGLISH}
    game = make_game(
        EditionFactsFactory(price=Decimal(700)),
        EditionFactsFactory(price=Decimal(900), **english),
        EditionFactsFactory(price=Decimal(800), condition=Condition.OPEN_BOX, **english),
        title="Дві мови",
    )
    ukrainian, _, box = editions_of(game)
    place = make_location()
    make_stock(ukrainian, place, 9)
    make_stock(box, place, 1)
    return game


@pytest.mark.parametrize(
    ("wish", "price", "told", "editions"),
    [
        (Wish(), 700, Availability.IN_STOCK, 3),
        (Wish(language=Language.UKRAINIAN), 700, Availability.IN_STOCK, 1),
        (Wish(language=Language.ENGLISH), 800, Availability.LOW, 2),
        (Wish(language=Language.ENGLISH, condition=Condition.NEW), 900, Availability.OUT, 1),
    ],
)
def test_price_and_stock_are_those_of_the_editions_asked_for(
    two_languages: Game, wish: Wish, price: int, told: Availability, editions: int
) -> None:
    card = _only(wish)
    assert (card.price_from, card.availability, card.editions) == (price, told, editions)


def test_only_what_is_in_stock_means_the_edition_asked_for(two_languages: Game) -> None:
    new_english = {"language": Language.ENGLISH, "condition": Condition.NEW}
    assert _found(Wish(available=True, **new_english)) == []
    assert len(_found(Wish(available=True, language=Language.ENGLISH))) == 1
    with reading() as connection:
        assert counts_of(Wish(**new_english), connection=connection).in_stock == 0


def test_games_stand_by_the_prices_that_their_cards_show(two_languages: Game) -> None:
    other = make_game(EditionFactsFactory(price=Decimal(750), language=Language.ENGLISH), title="Інша")
    make_stock(editions_of(other)[0], make_location("Крамниця"), 9)
    titles = [card.title for card in _found(Wish(sort=Sort.CHEAP))]
    assert titles == ["Дві мови", "Інша"]
    titles = [card.title for card in _found(Wish(sort=Sort.CHEAP, language=Language.ENGLISH))]
    assert titles == ["Інша", "Дві мови"]


def test_the_first_cards_are_of_visible_games_by_title(app: Flask) -> None:
    for title in "вба":
        make_game(title=title)
    with reading() as connection:
        found = read_cards(first_cards(Game.id > 0, most=2), {}, connection=connection)
    assert [card.title for card in found] == ["а", "б"]
