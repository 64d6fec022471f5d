"""Boxes that wait: the oldest first, and those of some ids."""

from datetime import datetime, timedelta

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.queries.boxes import boxes_by_id, waiting_box_count, waiting_boxes
from tests.factories import key, make_location

pytestmark = pytest.mark.usefixtures("app")


def test_what_waits_longest_stands_first_and_settled_boxes_are_left_out(actor: Actor, now: datetime) -> None:
    place_id, ids = make_location().id, []
    for number in range(3):
        with transaction():
            at = now - timedelta(hours=number)
            box = stock.set_aside(
                f"BOX-{number}",
                quantity=1,
                location_id=place_id,
                note="",
                key=key(),
                actor=actor,
                at=at,
            )
            ids.append(box.id)
    with transaction():
        stock.settle_box(ids[1], reason="", actor=actor, at=now)
    assert [box.id for box in waiting_boxes(limit=5)] == [ids[2], ids[0]]
    assert [box.id for box in boxes_by_id(ids[:2])] == [ids[0]]
    assert boxes_by_id([]) == []
    assert db.session.scalar(waiting_box_count()) == 2
