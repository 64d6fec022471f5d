"""Sixteen people take the last copies at once; none is taken twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func

from shop.audit.rules import Actor
from shop.catalog.models import Designer, Edition
from shop.catalog.operations import games
from shop.db import db, transaction
from shop.errors import Conflict
from shop.stock import operations as stock
from shop.stock.models import Location, StockLevel, StockMovement
from shop.stock.operations import Line, verify
from tests.factories import GameFactsFactory, editions_of, key, make_game, make_location, make_stock

THREADS = 16


def _all_at_once(app: Flask, deed: Callable[[int], None]) -> list[bool]:
    """Run a deed in every thread, each with its own session; whether it went through."""
    barrier = Barrier(THREADS)

    def attempt(number: int) -> bool:
        with app.app_context():
            db.session.execute(db.select(1))  # a query came before, as the loading of the signed-in person does
            barrier.wait()
            try:
                with transaction():
                    deed(number)
            except Conflict:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = list(threads.map(attempt, range(THREADS)))
    db.session.rollback()  # look at what is there now, not at what this session read before
    return outcomes


def test_sixteen_people_take_the_last_five_copies(app: Flask, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    edition_id, place_id = edition.id, place.id

    def take(number: int) -> None:
        stock.write_off(
            [Line(edition_id, 1)], location_id=place_id, reason="взято", key=f"take-{number}", actor=actor, at=now
        )

    assert sum(_all_at_once(app, take)) == 5
    level = db.session.scalars(db.select(StockLevel)).one()
    assert level.on_hand == 0
    assert db.session.scalar(db.select(func.sum(StockMovement.quantity))) == 0
    assert verify(at=now)[1] == []


def test_two_editions_taken_in_opposite_order_do_not_lock_each_other(app: Flask, actor: Actor, now: datetime) -> None:
    place = make_location()
    first, second = (editions_of(make_game(title=title))[0] for title in ("Перша", "Друга"))
    make_stock(first, place, 12)
    make_stock(second, place, 12)
    ids, place_id = [first.id, second.id], place.id

    def take(number: int) -> None:
        order = ids if number % 2 else ids[::-1]
        lines = [Line(edition_id, 1) for edition_id in order]
        stock.write_off(lines, location_id=place_id, reason="взято", key=f"take-{number}", actor=actor, at=now)

    assert sum(_all_at_once(app, take)) == 12
    assert set(db.session.scalars(db.select(StockLevel.on_hand))) == {0}


def test_transfers_in_opposite_directions_do_not_lock_each_other(app: Flask, actor: Actor, now: datetime) -> None:
    edition, one, other = editions_of(make_game())[0], make_location("Один"), make_location("Другий")
    make_stock(edition, one, 20)
    make_stock(edition, other, 20)
    edition_id, ids = edition.id, [one.id, other.id]

    def move(number: int) -> None:
        source, target = ids if number % 2 else ids[::-1]
        stock.transfer(
            [Line(edition_id, 1)],
            from_location_id=source,
            to_location_id=target,
            key=f"move-{number}",
            actor=actor,
            at=now,
        )

    assert sum(_all_at_once(app, move)) == THREADS
    assert set(db.session.scalars(db.select(StockLevel.on_hand))) == {20}


def test_one_form_sent_sixteen_times_at_once_receives_once(app: Flask, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    edition_id, place_id, form = edition.id, place.id, key()

    def receive(_: int) -> None:
        stock.receive([Line(edition_id, 3)], location_id=place_id, key=form, actor=actor, at=now)

    _all_at_once(app, receive)
    assert db.session.scalars(db.select(StockLevel.on_hand)).one() == 3


@pytest.mark.parametrize("retired", ["edition", "location"])
def test_nothing_arrives_where_it_is_being_closed_at_the_same_moment(
    app: Flask, actor: Actor, now: datetime, retired: str
) -> None:
    """Some receive while others close the place or the edition: whoever is first, no copy stands in a closed one."""
    edition, place = editions_of(make_game())[0], make_location()
    edition_id, place_id = edition.id, place.id

    def deed(number: int) -> None:
        if number % 4:
            lines = [Line(edition_id, 1)]
            stock.receive(lines, location_id=place_id, key=f"receive-{number}", actor=actor, at=now)
        elif retired == "edition":
            stock.retire_edition(edition_id, actor=actor, at=now)
        else:
            stock.archive_location(place_id, actor=actor, at=now)

    _all_at_once(app, deed)
    copies = db.session.scalar(db.select(func.coalesce(func.sum(StockLevel.on_hand), 0)))
    closed = db.session.get_one(Edition, edition_id) if retired == "edition" else db.session.get_one(Location, place_id)
    assert closed.archived_at is None or copies == 0
    assert verify(at=now)[1] == []


def test_two_people_may_name_one_new_designer_at_once(app: Flask, actor: Actor, now: datetime) -> None:
    def add(number: int) -> None:
        games.add_game(GameFactsFactory(title=f"Гра {number}", designers=("Нова Авторка",)), actor=actor, at=now)

    assert all(_all_at_once(app, add))
    assert db.session.scalars(db.select(Designer.name)).all() == ["Нова Авторка"]
