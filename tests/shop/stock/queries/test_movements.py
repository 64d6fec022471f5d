"""The list of movements."""

from datetime import datetime, timedelta

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.paging import Place
from shop.stock import operations as stock
from shop.stock.operations import Line
from shop.stock.queries.movements import MovementFilter, exported_movements, movements
from shop.stock.rules import MovementKind
from tests.factories import editions_of, key, make_game, make_location, make_stock
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def test_movements_are_found_by_kind_place_words_and_time(actor: Actor, now: datetime) -> None:
    store, shop = make_location("Склад"), make_location("Крамниця")
    first, second = (editions_of(make_game(title=title))[0] for title in ("Азул", "Бункер"))
    make_stock(first, store, 5)
    make_stock(second, shop, 5)
    with transaction():
        lines = [Line(first.id, 1)]
        stock.write_off(lines, location_id=store.id, reason="злам", key=key(), actor=actor, at=now)

    def found(**wanted: object) -> list[tuple[str, int]]:
        page = movements(MovementFilter(**wanted), place=Place(), size=10)
        assert page.total == len(page.rows)
        return [(row.title, row.quantity) for row in page.rows]

    assert found() == [("Азул", -1), ("Бункер", 5), ("Азул", 5)]
    assert found(kind=MovementKind.RECEIPT) == [("Бункер", 5), ("Азул", 5)]
    assert found(location_id=store.id) == [("Азул", -1), ("Азул", 5)]
    assert found(search="бунк") == [("Бункер", 5)]
    assert found(since=now) == [("Азул", -1)]
    assert found(until=now - timedelta(hours=4)) == []
    assert [row[10] for row in exported_movements(MovementFilter(since=now))] == ["злам"]


def test_a_page_of_movements_is_three_statements() -> None:
    make_stock(editions_of(make_game())[0], make_location(), 5)
    with counted() as statements:
        (row,) = movements(MovementFilter(), place=Place(), size=10).rows
    assert len(statements) == 3
    assert (row.location, row.balance_after, row.actor_name, row.reference) == ("Склад", 5, "Тести", "")
