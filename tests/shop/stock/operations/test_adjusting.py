"""Setting on hand to what was counted."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockLevel
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def _level() -> StockLevel:
    db.session.expire_all()
    return db.session.scalars(db.select(StockLevel)).one()


def test_adjusting_sets_what_was_counted(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    with transaction():
        stock.adjust(
            edition.id, location_id=place.id, counted=7, seen=10, reason="перелік", key=key(), actor=actor, at=now
        )
    assert (_level().on_hand, _level().value) == (7, Decimal(3500))


def test_adjusting_what_moved_meanwhile_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    with refused("moved_meanwhile"), transaction():
        stock.adjust(
            edition.id, location_id=place.id, counted=7, seen=9, reason="перелік", key=key(), actor=actor, at=now
        )
