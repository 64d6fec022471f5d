"""Publishers: listed, counted, and those that may be one company."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Publisher
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.queries.publishers import (
    games_of_publishers,
    listed_publishers,
    publishers_named,
    similar_publishers,
)
from shop.db import db, transaction
from shop.paging import Place
from tests.factories import make_game

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def ids(app: object, actor: Actor, now: datetime) -> list[int]:
    """Three publishers, not in Ukrainian order."""
    with transaction():
        return [add_publisher(name, actor=actor, at=now).id for name in ("Їжак Гра", "Ігромаг", "Ґудзик")]


def test_publishers_are_listed_in_ukrainian_order_and_found_in_any_script(ids: list[int]) -> None:
    page = listed_publishers("", place=Place(), size=2)
    assert ([each.name for each in page.rows], page.total) == (["Ґудзик", "Ігромаг"], 3)
    assert [each.name for each in listed_publishers("igromag", place=Place(), size=9).rows] == ["Ігромаг"]


def test_another_spelling_of_a_company_is_noticed(ids: list[int]) -> None:
    assert [each.id for each in similar_publishers("Ihromah")] == [ids[1]]
    assert similar_publishers("Ihromah", besides=ids[1]) == []


def test_publishers_are_named_by_the_beginning_of_a_word(ids: list[int]) -> None:
    assert [each.name for each in publishers_named("гра", limit=5)] == ["Їжак Гра"]
    assert len(publishers_named("", limit=2)) == 2


def test_the_games_of_each_publisher_are_counted(ids: list[int]) -> None:
    make_game(publisher_id=ids[0])
    make_game(publisher_id=ids[0])
    make_game(publisher_id=ids[1])
    assert games_of_publishers(ids) == {ids[0]: 2, ids[1]: 1}


def test_of_very_many_publishers_the_last_page_is_reached_and_only_some_are_counted() -> None:
    with transaction():
        numbered = ((f"Видавець {number:05}", f"{number:05}") for number in range(10_040))
        rows = [{"name": name, "key": key, "sort_key": key, "version": 1} for name, key in numbered]
        db.session.execute(db.insert(Publisher), rows)
    first, last = (listed_publishers("", place=place, size=50) for place in (Place(), Place(last=True)))
    assert (first.total, first.more, len(first.rows)) == (10_000, True, 50)
    assert [each.name for each in last.rows] == [f"Видавець {n:05}" for n in range(9_990, 10_040)]
    assert listed_publishers("", place=Place(before=last.before), size=50).rows[-1].name == "Видавець 09989"
