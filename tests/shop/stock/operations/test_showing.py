"""What a booking changes in the shop window."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.operations import Line
from shop.versions import Published, numbers
from tests.factories import editions_of, key, make_game, make_location, make_stock

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


def test_near_the_last_copies_of_several_locations_the_catalogue_is_always_published_anew(
    actor: Actor, now: datetime
) -> None:
    """What is taken elsewhere at the same moment can't be seen: 6 may be 2 already. From 60 it is far."""
    edition, place, other = editions_of(make_game())[0], make_location(), make_location("Крамниця")
    make_stock(edition, place, 3)
    make_stock(edition, other, 4)
    raised = []
    for copies in (0, 60):
        if copies:
            make_stock(edition, other, copies)
        before = numbers()[Published.CATALOGUE]
        with transaction():
            lines = [Line(edition.id, 1)]
            stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
        raised.append(numbers()[Published.CATALOGUE] - before)
    assert raised == [1, 0]
