"""Places that are added, renamed, archived and restored."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import Location
from tests.factories import editions_of, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def test_a_place_is_archived_when_it_is_empty_and_restored(actor: Actor, now: datetime) -> None:
    full, empty = make_location("Склад"), make_location("Крамниця")
    make_stock(editions_of(make_game())[0], full, 2)
    with refused("location_not_empty") as refusal, transaction():
        stock.archive_location(full.id, actor=actor, at=now)
    assert refusal.value.values == {"copies": 2}
    for deed, archived in ((stock.archive_location, True), (stock.restore_location, False)):
        with transaction():
            deed(empty.id, actor=actor, at=now)
        assert (db.session.get_one(Location, empty.id).archived_at is not None) is archived


def test_a_name_is_free_and_a_change_seen(actor: Actor, now: datetime) -> None:
    place = make_location("Склад")
    with refused("name_taken"), transaction():
        stock.add_location("  Склад ", actor=actor, at=now)
    with transaction():
        stock.rename_location(place.id, "Комора", version=1, actor=actor, at=now)
    with refused("changed_meanwhile"), transaction():
        stock.rename_location(place.id, "Льох", version=1, actor=actor, at=now)
