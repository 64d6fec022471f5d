"""The list of levels, and what there is of some editions."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from shop.db import db
from shop.paging import Place
from shop.stock.queries import levels as queries
from shop.stock.queries.levels import (
    LevelFilter,
    LevelSort,
    editions_of_levels,
    editions_on_shelf,
    exported_levels,
    found_levels,
    level_counts,
    levels,
    on_hand_of,
)
from tests.factories import AT, EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def _titles(**wanted: object) -> list[str]:
    return [row.title for row in levels(LevelFilter(**wanted), down=False, place=Place(), size=10).rows]


def test_levels_are_found_by_words_place_and_state() -> None:
    store, shop = make_location("Склад"), make_location("Крамниця")
    for title, place, quantity in (("Азул", store, 5), ("Бункер", shop, 2), ("Вирій", store, 1)):
        make_stock(editions_of(make_game(EditionFactsFactory(low_stock_at=2), title=title))[0], place, quantity)
    assert _titles() == ["Азул", "Бункер", "Вирій"]
    assert _titles(search="бунк") == ["Бункер"]
    assert _titles(location_id=store.id) == ["Азул", "Вирій"]
    assert _titles(state="low") == ["Бункер", "Вирій"]
    assert _titles(state="stocked", location_id=shop.id) == ["Бункер"]
    assert _titles(state="empty") == []
    assert [row.title for row in exported_levels(LevelFilter(state="low"))] == ["Бункер", "Вирій"]


def test_a_page_of_levels_is_three_statements_and_counts_all() -> None:
    place = make_location()
    for number in range(3):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 4)
    with counted() as statements:
        page = levels(LevelFilter(), down=True, place=Place(1), size=2)
    assert len(statements) == 3
    assert (page.total, page.more, [row.title for row in page.rows]) == (3, False, ["Гра 0"])
    assert (page.rows[0].available, page.rows[0].location, page.rows[0].low_at) == (4, "Склад", 2)


def test_many_levels_are_walked_through_by_title(monkeypatch: pytest.MonkeyPatch) -> None:
    stores = make_location("Склад"), make_location("Крамниця")
    for title in ("Вирій", "Азул", "Бункер"):
        for place in stores:
            make_stock(editions_of(make_game(title=title))[0], place, 4)
    listed = levels(LevelFilter(), down=False, place=Place(), size=4)
    monkeypatch.setattr(queries, "FEW", 0)
    walked = levels(LevelFilter(), down=False, place=Place(), size=4)
    assert [row.title for row in walked.rows] == ["Азул", "Азул", "Бункер", "Бункер"]
    assert [row.id for row in walked.rows] == [row.id for row in listed.rows]
    assert _titles(location_id=stores[0].id) == ["Азул", "Бункер", "Вирій"]
    rest = levels(LevelFilter(), down=False, place=Place(after=walked.after), size=4)
    assert [row.title for row in rest.rows] == ["Вирій", "Вирій"]


def test_sqlite_reads_no_more_levels_than_a_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite plans without statistics")
    make_stock(editions_of(make_game())[0], make_location(), 4)
    monkeypatch.setattr(queries, "FEW", 0)
    walk = _plans(LevelFilter())
    assert "SEARCH game USING INDEX ix_game_sort_key_id (sort_key>?)" in walk
    assert "USE TEMP B-TREE FOR ORDER BY" not in walk
    assert "SCAN stock_level USING INDEX ix_stock_level_low" in _plans(LevelFilter(state="low"))


def _plans(wanted: LevelFilter) -> list[str]:
    with counted() as statements:
        levels(wanted, down=False, place=Place(), size=4)
    asked = [text(f"EXPLAIN QUERY PLAN {statement}".replace("?", "1")) for statement in statements]
    return [row.detail for statement in asked for row in db.session.execute(statement)]


def test_what_there_is_of_editions_is_summed_over_places() -> None:
    edition, other = (editions_of(make_game())[0] for _ in range(2))
    make_stock(edition, make_location("Склад"), 3)
    make_stock(edition, make_location("Крамниця"), 2)
    stock = on_hand_of([edition.id, other.id])
    assert (stock[edition.id].on_hand, len(stock[edition.id].places), stock[other.id].available) == (5, 2, 0)
    assert list(editions_on_shelf([other.id, 999, edition.id])) == [other.id, edition.id]


def test_levels_are_sorted_by_quantity_with_a_cursor_both_ways() -> None:
    place = make_location()
    for number, quantity in enumerate((5, 1, 5, 3)):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, quantity)

    def walked(down: bool) -> list[int]:
        page = levels(LevelFilter(), sort=LevelSort.ON_HAND, down=down, place=Place(), size=3)
        after = levels(LevelFilter(), sort=LevelSort.ON_HAND, down=down, place=Place(after=page.after), size=3)
        return [row.on_hand for row in (*page.rows, *after.rows)]

    assert (walked(False), walked(True)) == ([1, 3, 5, 5], [5, 5, 3, 1])


def test_what_did_not_move_for_long_is_found_while_there_are_copies() -> None:
    make_stock(editions_of(make_game(title="Азул"))[0], make_location(), 3)
    assert _titles(still_since=AT + timedelta(days=90)) == ["Азул"]
    assert _titles(still_since=AT) == []


def test_levels_are_counted_and_named_by_their_editions() -> None:
    place = make_location()
    editions = [editions_of(make_game(title=title))[0] for title in ("Бункер", "Азул")]
    for edition, quantity in zip(editions, (1, 9), strict=True):
        make_stock(edition, place, quantity)
    assert level_counts() == (2, 1)
    ids = found_levels(LevelFilter(), most=10)
    assert (len(ids), found_levels(LevelFilter(state="low"), most=10), found_levels(LevelFilter(), most=1)) == (
        2,
        ids[:1],
        ids[:1],
    )
    assert editions_of_levels(ids) == [editions[1].id, editions[0].id]
