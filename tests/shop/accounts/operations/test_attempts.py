"""Tries of passwords are counted in the database, by person and place and by place alone."""

from datetime import datetime, timedelta

from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts.delays import FORGOTTEN_AFTER, FREE_TRIES, FREE_TRIES_OF_ADDRESS
from shop.accounts.models import AttemptCount
from shop.accounts.operations import Tries
from shop.db import db, transaction
from tests.threads import all_at_once

PERSON = Tries("p" * 64, "a" * 64)
MINUTE = timedelta(minutes=1)


def _try(at: datetime, tries: Tries = PERSON) -> int:
    with transaction():
        return accounts.count_try(tries, at=at)


def test_after_the_free_tries_one_waits_ever_longer(app: Flask, now: datetime) -> None:
    assert [_try(now) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES
    waits = []
    at = now
    for _ in range(6):
        wait = _try(at)
        waits.append(wait)
        at += timedelta(seconds=wait)
        assert _try(at) == 0  # after waiting, one try
    assert waits == [60, 120, 240, 480, 900, 900]


def test_asking_while_one_waits_makes_the_wait_no_longer(app: Flask, now: datetime) -> None:
    for _ in range(FREE_TRIES):
        _try(now)
    assert [_try(now + timedelta(seconds=20)) for _ in range(50)] == [40] * 50
    assert _try(now + MINUTE) == 0


def test_another_place_of_the_same_person_is_not_held_up(app: Flask, now: datetime) -> None:
    for _ in range(FREE_TRIES + 1):
        _try(now)
    assert _try(now, Tries("q" * 64, "b" * 64)) == 0
    assert _try(now, Tries("d" * 64, None)) == 0


def test_an_address_that_tries_many_people_waits_too(app: Flask, now: datetime) -> None:
    waits = [_try(now, Tries(f"{number:064}", "a" * 64)) for number in range(FREE_TRIES_OF_ADDRESS + 1)]
    assert waits == [0] * FREE_TRIES_OF_ADDRESS + [60]
    assert _try(now, Tries("d" * 64, None)) == 0  # a known device belongs to no address


def test_a_right_password_begins_the_count_anew(app: Flask, now: datetime) -> None:
    for _ in range(3):
        for _ in range(FREE_TRIES):
            assert _try(now) == 0
        with transaction():
            accounts.forgive(PERSON, at=now)
    assert _try(now) == 0


def test_a_quiet_hour_is_forgotten_and_later_thrown_away(app: Flask, now: datetime) -> None:
    for _ in range(FREE_TRIES):
        _try(now)
    later = now + FORGOTTEN_AFTER + MINUTE
    assert [_try(later) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES
    _try(later + 3 * FORGOTTEN_AFTER, Tries("z" * 64, None))
    assert db.session.scalars(db.select(AttemptCount.key)).all() == ["z" * 64]


def test_tries_at_the_same_moment_are_all_counted(app: Flask, now: datetime) -> None:
    waits: list[int] = []
    deeds = [lambda: waits.append(accounts.count_try(PERSON, at=now))] * 12
    assert all_at_once(app, deeds) == []
    assert sorted(waits) == [0] * FREE_TRIES + [60] * (12 - FREE_TRIES)
