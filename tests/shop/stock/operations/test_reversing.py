"""Undoing a document."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import Location, StockDocument, StockLevel
from shop.stock.operations import Line, verify
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def _level() -> StockLevel:
    db.session.expire_all()
    return db.session.scalars(db.select(StockLevel)).one()


def test_undoing_a_write_off_brings_the_copies_back(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        wrong_id = wrong.id
    with transaction():
        undoing = stock.reverse(wrong_id, reason="не та коробка", key=key(), actor=actor, at=now)
        assert undoing.reverses_id == wrong_id
    assert (_level().on_hand, _level().value) == (5, Decimal(2500))
    with refused("already_undone"), transaction():
        stock.reverse(wrong_id, reason="ще раз", key=key(), actor=actor, at=now)
    codes = set(db.session.scalars(db.select(AuditEntry.code)))
    assert {AuditCode.STOCK_WRITTEN_OFF, AuditCode.STOCK_REVERSED} <= codes


def test_undoing_a_receipt_or_a_transfer_brings_the_worth_back(actor: Actor, now: datetime) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 10, Decimal(300))
    make_stock(edition, shop, 10, Decimal(100))
    with transaction():
        receipt = stock.receive(
            [Line(edition.id, 10, Decimal(100))], location_id=store.id, key=key(), actor=actor, at=now
        )
        stock.reverse(receipt.id, reason="не те", key=key(), actor=actor, at=now)
        moved = stock.transfer(
            [Line(edition.id, 5)], from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now
        )
        stock.reverse(moved.id, reason="не туди", key=key(), actor=actor, at=now)
    levels = {level.location.name: (level.on_hand, level.value) for level in db.session.scalars(db.select(StockLevel))}
    assert levels == {"Склад": (10, Decimal(3000)), "Крамниця": (10, Decimal(1000))}


def test_undoing_brings_nothing_back_to_an_edition_that_is_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 2)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 2)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        wrong_id = wrong.id
        stock.retire_edition(edition.id, actor=actor, at=now)
    with refused("edition_archived"), transaction():
        stock.reverse(wrong_id, reason="помилка", key=key(), actor=actor, at=now)
    assert verify(at=now)[1] == []


def _received(edition: Edition, place: Location, quantity: int, cost: int, actor: Actor, now: datetime) -> int:
    with transaction():
        lines = [Line(edition.id, quantity, Decimal(cost))]
        return stock.receive(lines, location_id=place.id, key=key(), actor=actor, at=now).id


def _lost(edition: Edition, place: Location, quantity: int, actor: Actor, now: datetime) -> int:
    with transaction():
        lines = [Line(edition.id, quantity)]
        return stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now).id


def _undo(document_id: int, actor: Actor, now: datetime) -> int:
    with transaction():
        return stock.reverse(document_id, reason="помилка", key=key(), actor=actor, at=now).id


@pytest.mark.parametrize(("first", "second"), [(200, 100), (100, 200)])
def test_undoing_a_receipt_never_leaves_a_false_worth(first: int, second: int, actor: Actor, now: datetime) -> None:
    """Nine of ten copies left at a cost that counts the receipt in: the one that stays is worth neither 0 nor 1,100."""
    edition, place = editions_of(make_game())[0], make_location()
    wrong = _received(edition, place, 10, first, actor, now)
    lost = _lost(edition, place, 9, actor, now)
    _received(edition, place, 10, second, actor, now)
    with refused("used_since") as refusal:
        _undo(wrong, actor, now)
    assert refusal.value.values == {"document": lost}
    assert (_level().on_hand, _level().value) == (11, Decimal(first + 10 * second))
    _undo(lost, actor, now)
    _undo(wrong, actor, now)
    assert (_level().on_hand, _level().value) == (10, Decimal(10 * second))
    assert verify(at=now)[1] == []


def test_receipts_are_undone_in_any_order_while_nothing_has_left(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    first, second = (_received(edition, place, 10, cost, actor, now) for cost in (200, 100))
    _undo(first, actor, now)
    assert (_level().on_hand, _level().value) == (10, Decimal(1000))
    _undo(second, actor, now)
    assert (_level().on_hand, _level().value) == (0, Decimal(0))
    assert verify(at=now)[1] == []


def test_what_had_left_before_a_receipt_does_not_keep_it_from_being_undone(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    _received(edition, place, 3, 100, actor, now)
    _lost(edition, place, 1, actor, now)
    _undo(_received(edition, place, 10, 300, actor, now), actor, now)
    assert (_level().on_hand, _level().value) == (2, Decimal(200))


def test_a_transfer_is_not_undone_when_what_it_brought_has_been_used(actor: Actor, now: datetime) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 10)
    with transaction():
        lines = [Line(edition.id, 5)]
        moved = stock.transfer(
            lines, from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now
        ).id
    _lost(edition, shop, 1, actor, now)
    with refused("used_since"):
        _undo(moved, actor, now)


def test_undoing_sent_twice_undoes_once_and_with_another_reason_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    wrong, form, made = _received(edition, place, 2, 100, actor, now), key(), set()
    for _ in range(2):
        with transaction():
            made.add(stock.reverse(wrong, reason="помилка", key=form, actor=actor, at=now).id)
    assert len(made) == 1
    with refused("key_used_otherwise"), transaction():
        stock.reverse(wrong, reason="інша", key=form, actor=actor, at=now)


def test_undoing_that_would_leave_a_worth_below_nothing_is_refused(actor: Actor, now: datetime) -> None:
    """What was undone under older rules may have left copies that are worth less than they cost."""
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    receipt_id = db.session.scalars(select(StockDocument.id)).one()
    with transaction():
        db.session.execute(update(StockLevel).values(value=Decimal(0)))
    with refused("worth_false"), transaction():
        stock.reverse(receipt_id, reason="помилка", key=key(), actor=actor, at=now)
