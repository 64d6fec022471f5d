"""Copies that arrive: how many, at what cost, once."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.db import db, transaction
from shop.errors import Invalid, NotFound
from shop.stock import operations as stock
from shop.stock.models import StockLevel, StockMovement
from shop.stock.operations import Line
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def _level() -> StockLevel:
    db.session.expire_all()
    return db.session.scalars(db.select(StockLevel)).one()


def test_receiving_books_copies_and_what_they_cost(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with transaction():
        stock.receive([Line(edition.id, 24, Decimal("412.50"))], location_id=place.id, key=key(), actor=actor, at=now)
    level = _level()
    assert (level.on_hand, level.available, level.value) == (24, 24, Decimal("9900"))
    assert db.session.get_one(Game, edition.game_id).in_stock


def test_a_form_that_was_gone_back_to_and_changed_is_not_answered_with_what_it_did_before(
    actor: Actor, now: datetime
) -> None:
    edition, place, form = editions_of(make_game())[0], make_location(), key()
    for quantity in (2, 70):
        lines = [Line(edition.id, quantity)]
        if quantity == 2:
            with transaction():
                stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now)
        else:
            with refused("key_used_otherwise"), transaction():
                stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now)
    assert _level().on_hand == 2


def test_one_edition_may_come_at_its_own_cost_and_at_the_same_cost_typed(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(cost=Decimal(500))))[0], make_location()
    lines = [Line(edition.id, 2), Line(edition.id, 3, Decimal(500))]
    with transaction():
        stock.receive(lines, location_id=place.id, key=key(), actor=actor, at=now)
    assert (_level().on_hand, _level().value) == (5, Decimal(2500))


def test_the_same_form_sent_twice_receives_once(actor: Actor, now: datetime) -> None:
    edition, place, form = editions_of(make_game())[0], make_location(), key()
    documents = set()
    for _ in range(2):
        with transaction():
            lines = [Line(edition.id, 5)]
            documents.add(stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now).id)
    assert len(documents) == 1
    assert _level().on_hand == 5


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_an_impossible_quantity_is_refused(quantity: int, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with pytest.raises(Invalid), transaction():
        stock.receive([Line(edition.id, quantity)], location_id=place.id, key=key(), actor=actor, at=now)


def test_unknown_editions_and_locations_are_not_found(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with pytest.raises(NotFound), transaction():
        stock.receive([Line(9999, 1)], location_id=place.id, key=key(), actor=actor, at=now)
    with pytest.raises(NotFound), transaction():
        stock.receive([Line(edition.id, 1)], location_id=9999, key=key(), actor=actor, at=now)


def test_copies_do_not_come_to_an_edition_that_is_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with transaction():
        stock.retire_edition(edition.id, actor=actor, at=now)
    with refused("edition_archived"), transaction():
        stock.receive([Line(edition.id, 1)], location_id=place.id, key=key(), actor=actor, at=now)


@pytest.mark.parametrize("changed", [{"cost": 401}, {"quantity": 3}, {"reference": "Накладна 8"}])
def test_a_receipt_resent_with_anything_else_in_it_is_a_conflict(
    changed: dict[str, Any], actor: Actor, now: datetime
) -> None:
    edition, place, form = editions_of(make_game())[0], make_location(), key()

    def receive(*, cost: int = 400, quantity: int = 2, reference: str = "Накладна 7") -> None:
        lines = [Line(edition.id, quantity, Decimal(cost))]
        with transaction():
            stock.receive(lines, location_id=place.id, reference=reference, key=form, actor=actor, at=now)

    receive()
    with refused("key_used_otherwise"):
        receive(**changed)
    assert (_level().on_hand, _level().value) == (2, Decimal(800))


def test_repeated_lines_are_summed_and_the_sum_is_bounded(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    for quantity, count, code in ((1, 24_000, "too_many_lines"), (60_000, 2, "quantity_wrong")):
        with refused(code), transaction():
            stock.receive([Line(edition.id, quantity)] * count, location_id=place.id, key=key(), actor=actor, at=now)
    with transaction():
        stock.receive([Line(edition.id, 1)] * 2000, location_id=place.id, key=key(), actor=actor, at=now)
    assert _level().on_hand == 2000
    assert db.session.scalars(db.select(StockMovement.quantity)).all() == [2000]


def test_a_shelf_that_would_be_too_full_is_a_refusal(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 1, Decimal(0))
    with transaction():
        db.session.execute(db.update(StockLevel).values(on_hand=10_000_000))
    with refused("too_many"), transaction():
        stock.receive([Line(edition.id, 1)], location_id=place.id, key=key(), actor=actor, at=now)
