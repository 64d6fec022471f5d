"""One key does one deed, whoever sends it how often; another content under it is refused."""

import threading
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.audit.rules import Actor
from shop.catalog.models import Publisher
from shop.db import db, in_transaction, transaction
from shop.errors import Invalid
from shop.once import answered, fingerprint
from tests.factories import refused


@dataclass(frozen=True)
class Asked:
    name: str
    price: Decimal = Decimal(5)


def _add(asked: Asked, actor: Actor, at: datetime, key: str = "k-1", kind: str = "publisher.added") -> int:
    def deed() -> int:
        publisher = Publisher(name=f"{asked.name} {_count()}", key="k", sort_key="k")
        db.session.add(publisher)
        db.session.flush()
        return publisher.id

    return answered(key, deed, kind=kind, asked=asked, actor=actor, at=at)


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Publisher)) or 0


def test_the_second_time_the_first_answer_comes_back(app: Flask, actor: Actor, now: datetime) -> None:
    with transaction():
        first = _add(Asked("А"), actor, now)
    with transaction():
        assert _add(Asked("А"), actor, now) == first
    assert _count() == 1


def test_another_content_person_or_deed_under_a_used_key_is_refused(app: Flask, actor: Actor, now: datetime) -> None:
    with transaction():
        _add(Asked("А"), actor, now)
    with refused("key_used_otherwise"), transaction():
        _add(Asked("А", Decimal(6)), actor, now)
    with refused("key_used_otherwise"), transaction():
        _add(Asked("А"), Actor.staff(7, "Інша"), now)
    with refused("key_used_otherwise"), transaction():
        _add(Asked("А"), actor, now, kind="category.added")
    assert _count() == 1


def test_a_refused_deed_leaves_its_key_free(app: Flask, actor: Actor, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        answered("k-1", lambda: 1 // 0, kind="publisher.added", asked=Asked("А"), actor=actor, at=now)
    with transaction():
        _add(Asked("А"), actor, now)
    assert _count() == 1


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_form_without_a_right_key_is_refused(app: Flask, actor: Actor, now: datetime, key: str) -> None:
    with pytest.raises(Invalid), transaction():
        _add(Asked("А"), actor, now, key=key)


def test_one_form_sent_eight_times_at_once_does_one_deed(app: Flask, actor: Actor, now: datetime) -> None:
    answers: list[int] = []

    def send() -> None:
        with app.app_context():
            answers.append(in_transaction(lambda: _add(Asked("А"), actor, now)))
            db.session.remove()

    threads = [threading.Thread(target=Context().run, args=(send,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert _count() == 1


def test_the_fingerprint_knows_content_and_not_order() -> None:
    assert fingerprint({"a": 1, "b": {3, 2}}) == fingerprint({"b": {2, 3}, "a": 1})
    assert fingerprint([1, 2]) != fingerprint([2, 1])
    assert fingerprint(Asked("А")) != fingerprint(Asked("Б"))
    assert fingerprint("\ud800") != fingerprint("\ud801")
