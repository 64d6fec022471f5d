"""The staff's list of games."""

from decimal import Decimal

import pytest

from shop.catalog.models import Game
from shop.catalog.operations import editions
from shop.catalog.queries.games import GameSort, listed_games
from shop.catalog.rules.wishes import Wish
from shop.db import db, reading, transaction
from shop.pages.catalogue import catalogue_page, counts_of
from shop.paging import Place
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("sort", list(GameSort))
def test_games_stand_in_the_order_that_was_asked_for_with_their_publishers(sort: GameSort) -> None:
    for number, title in enumerate(("Вежа", "Азул", "Бенг")):
        make_game(title=title, year=2020 + number)
    page = listed_games(Wish(), sort=sort, down=False, place=Place(), size=2)
    assert (len(page.rows), page.total, page.more) == (2, 3, False)
    assert [game.publisher for game in page.rows] == [None, None]
    if sort is GameSort.TITLE:
        assert [game.title for game in page.rows] == ["Азул", "Бенг"]


def test_the_next_page_is_led_to_by_a_cursor() -> None:
    for title in ("Азул", "Бенг", "Вежа"):
        make_game(title=title)
    first = listed_games(Wish(), sort=GameSort.TITLE, down=False, place=Place(), size=2)
    with counted() as statements:
        second = listed_games(Wish(), sort=GameSort.TITLE, down=False, place=Place(after=first.after), size=2)
    assert [game.title for game in second.rows] == ["Вежа"]
    assert len(statements) == 3


def test_numbers_in_titles_stand_by_their_size_for_the_staff_and_for_the_public() -> None:
    titles = ["7 чудес", "13 днів", "100 монет", "Азул 2", "Азул 10"]
    for title in reversed(titles):
        make_game(title=title)
    listed = listed_games(Wish(), sort=GameSort.TITLE, down=False, place=Place(), size=9)
    assert [game.title for game in listed.rows] == titles
    with reading() as connection:
        counts = counts_of(Wish(), connection=connection)
        shown = catalogue_page(Wish(), number=1, counts=counts, connection=connection)
    assert [card.title for card in shown.cards] == titles


@pytest.mark.parametrize("down", [False, True])
def test_games_that_are_not_sold_stand_below_the_cheapest_and_a_cursor_passes_them(down: bool) -> None:
    for title, prices in (("Азул", [900]), ("Бенг", []), ("Вежа", [300]), ("Дикси", [])):
        make_game(*(EditionFactsFactory(price=Decimal(price)) for price in prices or [1]), title=title)
        if not prices:
            with transaction():
                edition = editions_of(db.session.scalars(db.select(Game).where(Game.title == title)).one())[0]
                editions.archive_edition(edition.id, actor=SYSTEM, at=AT)
    titles, place = [], Place()
    while True:
        page = listed_games(Wish(), sort=GameSort.PRICE, down=down, place=place, size=1)
        titles += [game.title for game in page.rows]
        if not page.after:
            break
        place = Place(after=page.after)
    assert titles == (["Азул", "Вежа", "Дикси", "Бенг"] if down else ["Бенг", "Дикси", "Вежа", "Азул"])
