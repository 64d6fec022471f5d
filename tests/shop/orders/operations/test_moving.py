"""An order goes on, or is cancelled; its copies follow."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.orders import operations as orders
from shop.orders.models import Order
from shop.orders.queries.orders import due_orders
from shop.orders.rules.states import OrderState, PaymentMethod
from shop.outbox.models import OutboxMessage
from shop.stock.models import StockDocument, StockLevel
from shop.stock.operations import verify
from tests.factories import editions_of, make_game, make_location, make_stock, refused
from tests.factories.orders import make_order


@pytest.fixture
def edition(app: Flask) -> Edition:
    """An edition with five copies."""
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 5)
    return edition


def _counters() -> tuple[int, int]:
    db.session.rollback()
    level = db.session.execute(db.select(StockLevel.on_hand, StockLevel.allocated)).one()
    return level[0], level[1]


def _go(order_id: int, now: datetime, actor: Actor, *deeds: str) -> None:
    for name in deeds:
        version = db.session.get_one(Order, order_id).version
        with transaction():
            getattr(orders, name)(order_id, version=version, actor=actor, at=now)


def test_copies_leave_when_the_order_is_dispatched(edition: Edition, now: datetime, actor: Actor) -> None:
    order = make_order({edition.id: 2}, at=now)
    order_id, number = order.id, order.number
    _go(order_id, now, actor, "confirm", "pick")
    assert _counters() == (5, 2)
    _go(order_id, now, actor, "dispatch", "deliver")
    assert _counters() == (3, 0)
    document = db.session.scalars(db.select(StockDocument).order_by(StockDocument.id.desc())).first()
    assert document is not None
    assert (document.source_kind, document.source_key) == ("order", str(number))
    assert db.session.get_one(Order, order_id).state is OrderState.DELIVERED
    assert verify(at=now)[1] == []


def test_every_step_is_on_its_timeline_and_in_the_outbox_once(edition: Edition, now: datetime, actor: Actor) -> None:
    order_id = make_order({edition.id: 1}, at=now).id
    _go(order_id, now, actor, "confirm", "dispatch")
    told = db.select(AuditEntry.code).where(AuditEntry.subject_kind == "customer_order").order_by(AuditEntry.id)
    steps = ["order.placed", "order.confirmed", "order.dispatched"]
    assert [str(code.value) for code in db.session.scalars(told)] == steps
    keys = db.session.scalars(db.select(OutboxMessage.key).order_by(OutboxMessage.id)).all()
    assert keys == [f"{step}:{order_id}" for step in steps]


def test_a_cancelled_order_gives_its_copies_back_once(edition: Edition, now: datetime, actor: Actor) -> None:
    order_id = make_order({edition.id: 2}, at=now).id
    with transaction():
        orders.cancel(order_id, reason="передумали", actor=actor, at=now)
    assert _counters() == (5, 0)
    with refused("order_elsewhere"), transaction():
        orders.cancel(order_id, reason="ще раз", actor=actor, at=now)
    assert _counters() == (5, 0)
    assert verify(at=now)[1] == []


def test_a_dispatched_order_is_not_cancelled(edition: Edition, now: datetime, actor: Actor) -> None:
    order_id = make_order({edition.id: 2}, at=now).id
    _go(order_id, now, actor, "confirm", "dispatch")
    with refused("order_elsewhere"), transaction():
        orders.cancel(order_id, reason="пізно", actor=actor, at=now)
    assert _counters() == (3, 0)


def test_cancelling_needs_a_reason(edition: Edition, now: datetime, actor: Actor) -> None:
    order_id = make_order({edition.id: 2}, at=now).id
    with refused("reason_missing"), transaction():
        orders.cancel(order_id, reason=" ", actor=actor, at=now)


def test_the_second_of_two_people_sees_that_the_order_went_on(edition: Edition, now: datetime, actor: Actor) -> None:
    order = make_order({edition.id: 2}, at=now)
    order_id, version = order.id, order.version
    _go(order_id, now, actor, "confirm")
    with refused("changed_meanwhile") as refusal, transaction():
        orders.pick(order_id, version=version, actor=actor, at=now)
    assert actor.name in str(refusal.value)


def test_an_order_that_is_not_paid_in_time_gives_its_copies_back(edition: Edition, now: datetime) -> None:
    clock = Actor.command("expire")
    order_id = make_order({edition.id: 2}, at=now, payment=PaymentMethod.TRANSFER).id
    kept = make_order({edition.id: 1}, at=now).id
    later = now + timedelta(days=3)
    assert due_orders(at=later - timedelta(seconds=1)) == []
    assert due_orders(at=later) == [order_id]
    for expected in (True, False):
        with transaction():
            assert orders.expire(order_id, actor=clock, at=later) is expected
    with transaction():
        assert not orders.expire(kept, actor=clock, at=later)
    assert _counters() == (5, 1)
    assert due_orders(at=later) == []


def test_an_unpaid_order_is_told_of_by_a_code_of_its_own_without_words(edition: Edition, now: datetime) -> None:
    order_id = make_order({edition.id: 2}, at=now, payment=PaymentMethod.TRANSFER).id
    with transaction():
        orders.expire(order_id, actor=Actor.command("expire"), at=now + timedelta(days=3))
    entry = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.code, entry.reason) == ("order.expired", "")
    kinds = db.session.execute(db.select(OutboxMessage.kind, OutboxMessage.key).order_by(OutboxMessage.id)).all()
    assert tuple(kinds[-1]) == ("order.expired", f"order.expired:{order_id}")
