"""Copies that are gone."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockLevel, StockMovement
from shop.stock.operations import Line
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def _level() -> StockLevel:
    db.session.expire_all()
    return db.session.scalars(db.select(StockLevel)).one()


def test_writing_off_more_than_is_on_hand_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 3)
    with refused("too_few"), transaction():
        stock.write_off([Line(edition.id, 4)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert _level().on_hand == 3
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 1


def test_all_shortages_are_reported_together(actor: Actor, now: datetime) -> None:
    place = make_location()
    first, second = (editions_of(make_game(title=title))[0] for title in ("Перша", "Друга"))
    make_stock(first, place, 1)
    make_stock(second, place, 1)
    lines = [Line(first.id, 2), Line(second.id, 2)]
    with refused("too_few") as shortage, transaction():
        stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert "Перша" in str(shortage.value.values["missing"])
    assert "Друга" in str(shortage.value.values["missing"])


def test_a_write_off_needs_a_reason(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 3)
    with refused("reason_missing"), transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="  ", key=key(), actor=actor, at=now)


def test_each_line_that_is_short_is_refused_for_itself(actor: Actor, now: datetime) -> None:
    place = make_location()
    enough, short = (editions_of(make_game())[0] for _ in range(2))
    make_stock(enough, place, 5)
    make_stock(short, place, 1)
    lines = [Line(enough.id, 2), Line(short.id, 2)]
    with refused("too_few") as refusal, transaction():
        stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert {edition_id: each.values for edition_id, each in refusal.value.lines.items()} == {short.id: {"free": 1}}
