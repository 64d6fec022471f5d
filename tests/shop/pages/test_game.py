"""What the public sees of one game."""

from decimal import Decimal

import pytest
from flask import Flask

from shop.catalog.operations import publishing
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.states import GameState
from shop.catalog.rules.wishes import Wish
from shop.db import db, reading, transaction
from shop.pages.game import GamePage, game_page
from shop.stock import operations as stock
from shop.stock.rules import Availability
from tests.factories import (
    AT,
    SYSTEM,
    EditionFactsFactory,
    editions_of,
    key,
    make_game,
    make_location,
    make_stock,
    refused,
)


def _page(slug: str, wish: Wish | None = None) -> GamePage:
    with reading() as connection:
        return game_page(slug, wish=wish or Wish(), connection=connection)


@pytest.mark.parametrize(
    ("copies", "told"), [(0, Availability.COMING), (2, Availability.LOW), (3, Availability.IN_STOCK)]
)
def test_a_shopper_is_told_a_word_instead_of_a_number(app: Flask, copies: int, told: Availability) -> None:
    edition = editions_of(make_game(EditionFactsFactory(low_stock_at=2), title="Гра"))[0]
    if copies:
        make_stock(edition, make_location(), copies)
    assert [offer.availability for offer in _page("hra").offers] == [told]


def test_copies_of_all_locations_count_together(app: Flask) -> None:
    edition = editions_of(make_game(EditionFactsFactory(low_stock_at=2), title="Гра"))[0]
    for name in ("Склад", "Крамниця"):
        make_stock(edition, make_location(name), 2)
    assert [offer.availability for offer in _page("hra").offers] == [Availability.IN_STOCK]


def test_what_can_be_had_comes_first_and_the_cheapest_of_that(app: Flask) -> None:
    game = make_game(*(EditionFactsFactory(price=Decimal(price)) for price in (900, 700, 800)), title="Гра")
    dear, _, middle = editions_of(game)
    place = make_location()
    for edition in (dear, middle):
        make_stock(edition, place, 5)
    assert [offer.edition.price for offer in _page("hra").offers] == [800, 900, 700]


def test_a_hidden_game_is_not_there_and_hides_itself_around_others(app: Flask) -> None:
    base = make_game(title="База")
    addition = make_game(title="Доповнення", is_expansion=True, base_game_id=base.id)
    assert [card.title for card in _page("baza").expansions] == ["Доповнення"]
    assert _page("dopovnennia").game.base_slug == "baza"
    with transaction():
        publishing.hide_game(base.id, actor=SYSTEM, at=AT)
    with refused("game_not_found"):
        _page("baza")
    assert _page("dopovnennia").game.base_slug is None
    with transaction():
        publishing.publish_games([base.id], actor=SYSTEM, at=AT)
        publishing.hide_game(addition.id, actor=SYSTEM, at=AT)
    assert _page("baza").expansions == []


def test_offers_that_were_asked_for_come_first_and_are_spoken_of_alone(app: Flask) -> None:
    english = EditionFactsFactory(language=Language.ENGLISH, price=Decimal(900))
    game = make_game(EditionFactsFactory(price=Decimal(700)), english, title="Гра")
    make_stock(editions_of(game)[0], make_location(), 5)
    page = _page("hra", Wish(language=Language.ENGLISH))
    assert [offer.edition.price for offer in page.offers] == [900, 700]
    assert [offer.availability for offer in page.wanted] == [Availability.COMING]
    assert len(_page("hra").wanted) == 2
    assert len(_page("hra", Wish(condition=Condition.OPEN_BOX)).wanted) == 2


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("state", [GameState.DRAFT, GameState.HIDDEN])
def test_only_games_on_sale_have_a_page(state: GameState) -> None:
    game = make_game(title="Каркасон", state=state)
    with reading() as connection, refused("game_not_found"):
        game_page(game.slug, wish=Wish(), connection=connection)


@pytest.mark.usefixtures("app")
def test_an_edition_that_was_never_there_is_coming_and_one_that_is_gone_is_out() -> None:
    game, place = make_game(EditionFactsFactory(), EditionFactsFactory(price=Decimal(900))), make_location()
    gone = editions_of(game)[0]
    make_stock(gone, place, 1)
    with transaction():
        stock.write_off([stock.Line(gone.id, 1)], location_id=place.id, reason="ні", key=key(), actor=SYSTEM, at=AT)
    with reading() as connection:
        offers = game_page(game.slug, wish=Wish(), connection=connection).offers
    assert [each.availability for each in offers] == [Availability.OUT, Availability.COMING]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_sqlite_finds_the_expansions_of_a_game_by_its_id_and_not_by_their_state(app: Flask) -> None:
    asked = "EXPLAIN QUERY PLAN SELECT id FROM game WHERE state = 'on_sale' AND base_game_id = 1 ORDER BY sort_key, id"
    plan = " ".join(str(row[-1]) for row in db.session.execute(db.text(asked)))
    assert "ix_game_base_game_id" in plan
