"""Levels held for a booking."""

from datetime import datetime
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockLevel
from shop.stock.operations import Line
from shop.stock.operations.levels import held_levels, held_spots, usable_location
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock, refused
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("app")


def test_missing_levels_are_made_empty_and_know_what_is_low() -> None:
    edition, place, other = editions_of(make_game(EditionFactsFactory(low_stock_at=5)))[0], make_location(), "Зала"
    make_stock(edition, place, 3)
    second = make_location(other)
    with transaction():
        held = held_spots([edition.id], [place.id, second.id])
        was, made = held[edition.id, place.id], held[edition.id, second.id]
        assert (was.on_hand, was.fresh, was.is_low) == (3, False, True)
        assert (made.on_hand, made.low_at, made.fresh, made.is_low) == (0, 5, True, False)
        assert [level.id for level in held_levels([made.id, was.id])] == sorted([made.id, was.id])
    assert len(db.session.scalars(db.select(StockLevel.id)).all()) == 2


def test_saving_a_bound_and_a_first_booking_elsewhere_do_not_lock_each_other(
    app: Flask, actor: Actor, now: datetime
) -> None:
    edition, place, other = editions_of(make_game())[0], make_location(), make_location("Зала")
    make_stock(edition, place, 3)
    edition_id, other_id = edition.id, other.id
    deeds = [
        lambda: db.session.execute(update(Edition).where(Edition.id == edition_id).values(low_stock_at=7)),
        lambda: stock.receive([Line(edition_id, 1)], location_id=other_id, key=key(), actor=actor, at=now),
    ]
    assert all_at_once(app, deeds) == []
    db.session.rollback()
    assert db.session.scalars(select(StockLevel.low_at)).all() == [7, 7]


def test_no_level_is_made_for_an_edition_that_is_not_there() -> None:
    place = make_location()
    with refused("edition_not_found"), transaction():
        held_spots([999], [place.id])
    with refused("location_not_found"), transaction():
        usable_location(999)


def test_a_first_level_takes_the_bound_that_is_being_saved(app: Flask, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    edition_id, place_id = edition.id, place.id
    lower = update(Edition).where(Edition.id == edition_id).values(low_stock_at=7)

    def receive() -> None:
        sleep(0.2)
        stock.receive([Line(edition_id, 1)], location_id=place_id, key=key(), actor=actor, at=now)

    def save() -> None:
        db.session.execute(lower)
        sleep(0.6)

    assert all_at_once(app, [save, receive]) == []
    db.session.rollback()
    assert db.session.scalars(select(StockLevel.low_at)).all() == [7]
