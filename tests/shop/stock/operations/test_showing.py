"""What a booking changes in the shop window."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event
from time import sleep

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.operations import Line, verify
from shop.versions import Published, numbers
from tests.factories import editions_of, key, make_game, make_location, make_stock
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("app")


def test_the_last_copy_takes_the_game_out_of_stock(actor: Actor, now: datetime) -> None:
    game, place = make_game(), make_location()
    edition = editions_of(game)[0]
    make_stock(edition, place, 1)
    version = db.session.get_one(Game, game.id).version
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    game = db.session.get_one(Game, game.id)
    assert not game.in_stock
    assert game.version == version


def test_the_catalogue_is_published_anew_when_a_shopper_would_be_told_something_else(
    actor: Actor, now: datetime
) -> None:
    """Five copies, low at two: 5 and 3 are «in stock», 2 and 1 «the last ones», 0 «none»."""
    edition, place, other = editions_of(make_game())[0], make_location(), make_location("Крамниця")
    make_stock(edition, place, 5)
    raised = []
    for quantity in (2, 1, 1, 1):
        before = numbers()[Published.CATALOGUE]
        with transaction():
            lines = [Line(edition.id, quantity)]
            stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
        raised.append(numbers()[Published.CATALOGUE] - before)
    assert raised == [0, 1, 0, 1]
    make_stock(edition, place, 5)
    before = numbers()[Published.CATALOGUE]
    with transaction():
        lines = [Line(edition.id, 5)]
        stock.transfer(lines, from_location_id=place.id, to_location_id=other.id, key=key(), actor=actor, at=now)
    assert numbers()[Published.CATALOGUE] == before


def _beside(app: Flask, first: Callable[[], object], second: Callable[[], object]) -> None:
    """Both deeds at once: the second begins when the first has booked and has not ended."""
    booked = Event()

    def slow() -> None:
        first()
        booked.set()
        sleep(0.5)

    def late() -> None:
        if db.engine.dialect.name == "postgresql":  # on SQLite they can't be inside at once, whoever comes first
            assert booked.wait(5)
        second()

    assert all_at_once(app, [slow, late]) == []
    db.session.rollback()


def test_what_is_taken_at_two_places_at_once_is_told_when_together_it_leaves_the_last_copies(
    app: Flask, actor: Actor, now: datetime
) -> None:
    """Of 200 copies each deed by itself leaves a hundred, both leave two: «the last ones»."""
    edition, places = editions_of(make_game())[0], (make_location(), make_location("Крамниця"))
    for place in places:
        make_stock(edition, place, 100)
    edition_id, before = edition.id, numbers()[Published.CATALOGUE]
    takings = [
        partial(
            stock.write_off,
            [Line(edition_id, copies)],
            location_id=place.id,
            reason="злам",
            key=key(),
            actor=actor,
            at=now,
        )
        for place, copies in zip(places, (100, 98), strict=True)
    ]
    _beside(app, *takings)
    assert numbers()[Published.CATALOGUE] == before + 1


@pytest.mark.parametrize("taken", [1, 2])
def test_the_last_copies_go_while_another_place_receives(app: Flask, actor: Actor, now: datetime, taken: int) -> None:
    edition, place, other = editions_of(make_game())[0], make_location(), make_location("Крамниця")
    make_stock(edition, place, 2)
    edition_id, game_id, place_id, other_id = edition.id, edition.game_id, place.id, other.id
    before = numbers()[Published.CATALOGUE]
    db.session.rollback()

    def take() -> None:
        lines = [Line(edition_id, taken)]
        stock.write_off(lines, location_id=place_id, reason="злам", key=key(), actor=actor, at=now)

    def receive() -> None:
        stock.receive([Line(edition_id, 5)], location_id=other_id, key=key(), actor=actor, at=now)

    _beside(app, take, receive)
    assert db.session.get_one(Game, game_id).in_stock
    assert numbers()[Published.CATALOGUE] > before
    make_stock(edition, place, 1)

    def take_all(location_id: int, copies: int) -> None:
        lines = [Line(edition_id, copies)]
        stock.write_off(lines, location_id=location_id, reason="злам", key=key(), actor=actor, at=now)

    db.session.rollback()
    _beside(app, partial(take_all, place_id, 3 - taken), partial(take_all, other_id, 5))
    assert not db.session.get_one(Game, game_id).in_stock
    assert verify(at=now)[1] == []


def test_an_edition_that_comes_to_another_place_first_is_always_told(actor: Actor, now: datetime) -> None:
    """Whoever books at another place at the same moment can't see the level that is made here."""
    edition, place, other = editions_of(make_game())[0], make_location(), make_location("Крамниця")
    make_stock(edition, place, 60)
    raised = []
    for _ in range(2):
        before = numbers()[Published.CATALOGUE]
        make_stock(edition, other, 1)
        raised.append(numbers()[Published.CATALOGUE] - before)
    assert raised == [1, 0]
