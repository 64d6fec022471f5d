"""The sums that bookings keep."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockDay, StockTotal
from shop.stock.operations import Line
from tests.factories import editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def _totals() -> list[tuple[int, int, int, Decimal]]:
    rows = db.select(StockTotal.location_id, StockTotal.copies, StockTotal.editions, StockTotal.value)
    return [tuple(row) for row in db.session.execute(rows.order_by(StockTotal.location_id))]


def test_totals_follow_what_comes_moves_and_goes(actor: Actor, now: datetime) -> None:
    first, second = (editions_of(make_game())[0] for _ in range(2))
    store, shop = make_location("Склад"), make_location("Крамниця")
    make_stock(first, store, 4, Decimal(100))
    make_stock(second, store, 1, Decimal(50))
    assert _totals() == [(store.id, 5, 2, Decimal(450))]
    with transaction():
        lines = [Line(first.id, 1), Line(second.id, 1)]
        stock.transfer(lines, from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now)
    assert _totals() == [(store.id, 3, 1, Decimal(300)), (shop.id, 2, 2, Decimal(150))]


def test_a_day_counts_what_came_and_went_but_no_transfers_and_begins_at_midnight_in_kyiv(
    actor: Actor, now: datetime
) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    with transaction():
        stock.receive([Line(edition.id, 9)], location_id=store.id, key=key(), actor=actor, at=now)
        lines = [Line(edition.id, 2)]
        moved = stock.transfer(lines, from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now)
        stock.reverse(moved.id, reason="не туди", key=key(), actor=actor, at=now)
        late = now.replace(hour=22, minute=30)
        stock.write_off(lines, location_id=store.id, reason="злам", key=key(), actor=actor, at=late)
    rows = db.select(StockDay.day, StockDay.came, StockDay.went, StockDay.receipts)
    kept = [tuple(row) for row in db.session.execute(rows.where(StockDay.location_id == store.id).order_by("day"))]
    today = date(2027, 3, 1)
    assert kept == [(today, 9, 0, 1), (today + timedelta(days=1), 0, 2, 0)]
