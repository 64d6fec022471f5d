"""A transaction is one deed, refuses another inside it, and says in words what the database means."""

import threading
from contextvars import Context
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from shop import writers
from shop.audit.rules import Actor
from shop.catalog.models import Publisher
from shop.db import at_the_end, db, in_transaction, reading, transaction
from shop.errors import Busy, Conflict, Unwritable
from tests.statements import counted


def _add(name: str) -> None:
    db.session.add(Publisher(name=name, key=name, sort_key=name))
    db.session.flush()


def _names() -> list[str]:
    return list(db.session.scalars(select(Publisher.name).order_by(Publisher.id)))


def test_a_transaction_inside_another_is_refused_and_undoes_nothing_by_itself(app: Flask) -> None:
    with transaction():
        _add("Перший")
        with pytest.raises(RuntimeError, match="inside another"), transaction():
            pass
        _add("Другий")
    assert _names() == ["Перший", "Другий"]


def test_after_a_refusal_the_next_transaction_begins_anew(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        _add("Перший")
        raise ZeroDivisionError
    with transaction():
        _add("Другий")
    assert _names() == ["Другий"]


def test_two_editors_of_one_row_get_a_conflict_and_no_failure(app: Flask) -> None:
    with transaction():
        _add("Стара назва")
    publisher = db.session.scalars(select(Publisher)).one()
    version = publisher.version
    with pytest.raises(Conflict) as refusal, transaction():
        publisher = db.session.scalars(select(Publisher)).one()
        db.session.execute(text("UPDATE publisher SET version = version + 1"))
        publisher.name = "Нова назва"
        db.session.flush()
    assert refusal.value.code == "changed_meanwhile"
    assert db.session.scalars(select(Publisher)).one().version == version


def test_a_deed_that_a_deadlock_undid_is_done_once_more(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nothing can be locked crosswise")
    with transaction():
        _add("А")
        _add("Б")
    first_holds, done = threading.Barrier(2, timeout=5), []

    def rename(order: list[str], mark: str) -> None:
        tries: list[int] = []

        def deed() -> None:
            tries.append(1)
            for place, name in enumerate(order):
                db.session.execute(text("UPDATE publisher SET key = key || :m WHERE name = :n"), {"m": mark, "n": name})
                if place == 0 and len(tries) == 1:
                    first_holds.wait()

        with app.app_context():
            in_transaction(deed)
            done.append(len(tries))
            db.session.remove()

    threads = [
        threading.Thread(target=Context().run, args=(rename, order, mark))
        for order, mark in ((["А", "Б"], "1"), (["Б", "А"], "2"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [1, 2]
    assert {len(key) for key in db.session.scalars(select(Publisher.key))} == {3}


def test_waiting_too_long_for_a_row_is_told_as_busy(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("on SQLite it is the queue of writers that is waited for")
    with transaction():
        _add("А")
    with db.engine.begin() as other:
        other.execute(text("UPDATE publisher SET key = 'x'"))
        with pytest.raises(Busy), transaction():
            db.session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            db.session.execute(text("UPDATE publisher SET key = 'y'"))


def test_the_lock_timeout_is_set_on_every_connection(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL's own setting")
    assert db.session.scalar(text("SHOW lock_timeout")) == "5s"


def test_waiting_too_long_in_the_queue_of_writers_is_told_as_busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    queue = writers.queue_of(db.engine.url.database)
    monkeypatch.setattr(queue, "enter", lambda: writers.WriterQueue.enter(queue, 0.05))
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as other:
        other.execute(text("SELECT 1"))
        with pytest.raises(Busy), transaction():
            pass
    with transaction():
        _add("А")


def test_a_database_that_cannot_be_written_is_told_as_such(app: Flask) -> None:
    forbid = "PRAGMA query_only = ON" if db.engine.dialect.name == "sqlite" else "SET TRANSACTION READ ONLY"
    with pytest.raises(Unwritable), transaction():
        db.session.execute(text(forbid))
        _add("А")
    assert _names() == []


def test_a_mistake_of_ours_stays_one(app: Flask) -> None:
    with pytest.raises(OperationalError if db.engine.dialect.name == "sqlite" else Exception), transaction():
        db.session.execute(text("SELECT nothing FROM nowhere"))


def test_reading_sends_the_select_and_nothing_around_it(app: Flask, actor: Actor) -> None:
    with transaction():
        _add("А")
    with counted() as statements, reading() as connection:
        assert connection.scalar(select(Publisher.name)) == "А"
        driver = connection.connection.driver_connection
        idle = not driver.in_transaction if db.engine.dialect.name == "sqlite" else driver.autocommit
    assert (len(statements), idle) == (1, True)


def test_what_is_left_for_the_end_is_done_once_for_each_name_in_their_order(app: Flask) -> None:
    done: list[str] = []
    with transaction():
        for name in ("b", "a", "b"):
            at_the_end(name, partial(done.append, name))
        assert done == []
    assert done == ["a", "b"]
    with pytest.raises(RuntimeError):
        at_the_end("late", partial(done.append, "late"))


def test_nothing_can_be_left_for_the_end_by_what_is_done_there(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        _add("Перший")
        at_the_end("a", lambda: at_the_end("b", lambda: None))
    assert _names() == []
    with transaction():
        at_the_end("a", lambda: None)
