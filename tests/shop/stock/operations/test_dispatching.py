"""Copies of an order leave the shelf, once."""

from datetime import datetime

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.errors import Conflict
from shop.stock import operations as stock
from shop.stock.models import StockDocument, StockMovement
from shop.stock.rules import MovementKind
from shop.versions import Published, numbers
from tests.factories import key, refused
from tests.shop.stock.operations.test_claiming import Shelf


def _dispatch(now: datetime, actor: Actor, form: str, copies: int = 2) -> int:
    with transaction():
        return stock.dispatch({7: copies}, source_kind="order", source_key="42", key=form, actor=actor, at=now).id


def test_claimed_copies_leave_the_last_ones_too(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    shelf.allocate(7, 5)
    document = db.session.get_one(StockDocument, _dispatch(now, actor, key(), 5))
    assert (document.source_kind, document.source_key) == ("order", "42")
    assert shelf.counters() == (0, 0, 0)
    last = db.session.scalars(db.select(StockMovement).order_by(StockMovement.id.desc())).first()
    assert last is not None
    assert (last.kind, last.quantity, last.balance_after) == (MovementKind.DISPATCH, -5, 0)
    assert not shelf.shown()
    assert shelf.agrees()


def test_the_same_form_dispatches_once(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    shelf.allocate(7, 2)
    form = key()
    assert _dispatch(now, actor, form) == _dispatch(now, actor, form)
    assert shelf.counters() == (3, 0, 0)


def test_what_was_not_claimed_does_not_leave(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    with refused("nothing_allocated"):
        _dispatch(now, actor, key())
    assert shelf.counters() == (5, 0, 0)


def test_a_dispatch_is_not_undone_behind_the_back_of_its_order(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    shelf.allocate(7, 2)
    document_id = _dispatch(now, actor, key())
    with pytest.raises(Conflict) as refusal, transaction():
        stock.reverse(document_id, reason="помилка", key=key(), actor=actor, at=now)
    assert refusal.value.code == "is_dispatch"


def test_the_last_claimed_copies_leave_and_shoppers_are_told_nothing_new(
    app: Flask, now: datetime, actor: Actor
) -> None:
    shelf = Shelf(now)
    shelf.allocate(7, 5)
    before = numbers()[Published.CATALOGUE]
    _dispatch(now, actor, key(), 5)
    assert numbers()[Published.CATALOGUE] == before


def test_a_line_leaves_with_all_of_its_copies_or_not_at_all(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    shelf.allocate(7, 2)
    for wanted in ({7: 3}, {7: 1}, {7: 2, 8: 1}):
        with refused("too_few_allocated"), transaction():
            stock.dispatch(wanted, source_kind="order", source_key="42", key=key(), actor=actor, at=now)
    assert shelf.counters() == (5, 2, 0)
