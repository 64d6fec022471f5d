"""The staff's list of games."""

import pytest

from shop.catalog.queries.games import GameSort, listed_games
from shop.catalog.rules.wishes import Wish
from shop.paging import Place
from tests.factories import make_game
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
