"""Explaining a number."""

from datetime import datetime, timedelta

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.stock import operations as stock
from shop.stock.operations import Line
from shop.stock.queries.why import why
from shop.stock.rules import MovementKind
from tests.factories import editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def test_why_explains_the_number_and_counts_an_undone_deed_as_nothing(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 50)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        stock.reverse(wrong.id, reason="помилка", key=key(), actor=actor, at=now + timedelta(hours=1))
        stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="!", key=key(), actor=actor, at=now)
    answer = why(edition.id)
    assert answer.on_hand == 47
    assert answer.sums == {MovementKind.RECEIPT: 50, MovementKind.WRITE_OFF: -3}
    assert [row.balance for row in answer.rows] == [47, 50, 47, 50]
    assert why(edition.id, until=now).on_hand == 50
    assert why(edition.id, kind=MovementKind.REVERSAL).total == 1
