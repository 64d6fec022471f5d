"""Copies that go to another place."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockLevel
from shop.stock.operations import Line
from tests.factories import editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def test_a_transfer_moves_copies_with_their_cost(actor: Actor, now: datetime) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 3, Decimal("100.01"))
    with transaction():
        stock.transfer(
            [Line(edition.id, 2)],
            from_location_id=store.id,
            to_location_id=shop.id,
            key=key(),
            actor=actor,
            at=now,
        )
    levels = {level.location.name: level for level in db.session.scalars(db.select(StockLevel))}
    assert (levels["Склад"].on_hand, levels["Крамниця"].on_hand) == (1, 2)
    assert levels["Склад"].value + levels["Крамниця"].value == Decimal("300.03")
