"""Unknown boxes: set aside, received later, taken off the list."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor, AuditCode
from shop.db import db, transaction
from shop.errors import NotFound
from shop.stock import operations as stock
from shop.stock.models import StockDocument
from shop.stock.queries.boxes import waiting_boxes
from tests.factories import editions_of, key, make_game, make_location, refused
from tests.factories.people import codes

pytestmark = pytest.mark.usefixtures("app")
CODE = "4820216010374"


def _set_aside(actor: Actor, now: datetime, **facts: object) -> int:
    given = {"quantity": 12, "note": "без назви", "key": key()} | facts
    if "location_id" not in given:
        given["location_id"] = make_location().id
    with transaction():
        return stock.set_aside(CODE, actor=actor, at=now, **given).id


def test_a_box_waits_once_however_often_its_form_is_sent(actor: Actor, now: datetime) -> None:
    place_id, sent = make_location().id, key()
    first, second = (_set_aside(actor, now, location_id=place_id, key=sent) for _ in range(2))
    assert first == second
    assert [(box.code, box.quantity, box.note, box.set_aside_by) for box in waiting_boxes(limit=5)] == [
        (CODE, 12, "без назви", actor.name)
    ]
    assert codes()[-1] is AuditCode.BOX_SET_ASIDE


@pytest.mark.parametrize(("facts", "code"), [({"quantity": 0}, "quantity_wrong"), ({"key": ""}, "key_wrong")])
def test_a_box_that_cannot_be_is_refused(actor: Actor, now: datetime, facts: dict[str, object], code: str) -> None:
    with refused(code):
        _set_aside(actor, now, **facts)
    with pytest.raises(NotFound):
        _set_aside(actor, now, location_id=404)


def test_a_box_is_received_once_and_then_waits_for_nobody(actor: Actor, now: datetime) -> None:
    edition_id, place_id = editions_of(make_game())[0].id, make_location("Полиця").id
    box_id = _set_aside(actor, now)
    with transaction():
        stock.receive(
            [stock.Line(edition_id, 12)], location_id=place_id, box_ids=[box_id], key=key(), actor=actor, at=now
        )
    assert waiting_boxes(limit=5) == []
    with refused("box_settled"), transaction():
        stock.receive(
            [stock.Line(edition_id, 12)], location_id=place_id, box_ids=[box_id], key=key(), actor=actor, at=now
        )
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count()).select_from(StockDocument)) == 1


def test_a_box_is_taken_off_the_list_with_a_reason_once(actor: Actor, now: datetime) -> None:
    box_id = _set_aside(actor, now)
    for _ in range(2):
        with transaction():
            stock.settle_box(box_id, reason="повернули постачальнику", actor=actor, at=now)
    assert waiting_boxes(limit=5) == []
    assert codes().count(AuditCode.BOX_SETTLED) == 1
