"""What must happen after a commit is written with the deed, taken when it is due, and never lost."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.db import db, transaction
from shop.outbox import operations as outbox
from shop.outbox.models import OutboxMessage


def _write(at: datetime, key: str = "order.placed:1") -> None:
    with transaction():
        outbox.write("letter", key=key, payload={"order_id": 1}, at=at)


def test_a_message_goes_with_its_deed_or_not_at_all(app: Flask, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        outbox.write("letter", key="order.placed:1", payload={}, at=now)
        raise ZeroDivisionError
    with transaction():
        assert outbox.taken(at=now, limit=10) == []


def test_one_key_is_one_message(app: Flask, now: datetime) -> None:
    _write(now)
    _write(now)
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_what_is_settled_is_not_taken_again(app: Flask, now: datetime) -> None:
    _write(now)
    with transaction():
        [message] = outbox.taken(at=now, limit=10)
        assert message.payload == {"order_id": 1}
        outbox.settle(message, at=now)
    with transaction():
        assert outbox.taken(at=now + timedelta(days=9), limit=10) == []


def test_what_failed_waits_longer_each_time(app: Flask, now: datetime) -> None:
    _write(now)
    with transaction():
        outbox.postpone(outbox.taken(at=now, limit=1)[0], error="no route", at=now)
    with transaction():
        assert outbox.taken(at=now, limit=1) == []
        [message] = outbox.taken(at=now + timedelta(seconds=30), limit=1)
        assert (message.attempts, message.last_error) == (1, "no route")
        outbox.postpone(message, error="no route", at=now)
        assert message.due_at == now + timedelta(seconds=60)


def test_the_longest_due_comes_first(app: Flask, now: datetime) -> None:
    _write(now, "b")
    _write(now - timedelta(hours=1), "a")
    with transaction():
        assert [message.key for message in outbox.taken(at=now, limit=10)] == ["a", "b"]


def test_a_message_that_another_reader_holds_is_left_to_it(app: Flask, now: datetime) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    _write(now, "a")
    _write(now, "b")
    with db.engine.begin() as other:
        other.exec_driver_sql("SELECT id FROM outbox WHERE key = 'a' FOR UPDATE")
        with transaction():
            assert [message.key for message in outbox.taken(at=now, limit=10)] == ["b"]
