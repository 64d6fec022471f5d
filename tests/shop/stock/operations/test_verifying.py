"""The verification: it finds what was changed behind its back, and holds nobody up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text

from shop.audit.rules import Actor
from shop.db import db, in_transaction, transaction
from shop.migrations import immutable
from shop.stock import operations as stock
from shop.stock.models import StockCheck
from shop.stock.operations import Line, verify
from shop.stock.operations.verifying import drifts as drifts_of
from tests.factories import editions_of, key, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def history(app: Flask, actor: Actor, now: datetime) -> None:
    """A receipt (1) at two places, a transfer (2), a write-off (3) and its undoing (4)."""
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 5, Decimal(200))
    with transaction():
        lines = [Line(edition.id, 2)]
        stock.transfer(lines, from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now)
        lost = stock.write_off(lines, location_id=store.id, reason="злам", key=key(), actor=actor, at=now)
        stock.reverse(lost.id, reason="знайшлось", key=key(), actor=actor, at=now + timedelta(hours=1))


def _tamper(statements: Sequence[str]) -> None:
    with transaction():
        immutable.lift(db.session.connection())
        for statement in statements:
            db.session.execute(text(statement))
        immutable.renew(db.session.connection())


@pytest.mark.usefixtures("history")
def test_the_books_of_an_ordinary_day_agree_and_the_outcome_is_kept(now: datetime) -> None:
    check, drifts = verify(at=now)
    assert drifts == []
    assert (check.levels, check.movements, check.drifts, check.first_drift) == (2, 5, 0, "")
    assert db.session.scalars(db.select(StockCheck)).one().checked_at == now


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE stock_level SET on_hand = 6 WHERE id = 1", "stock_level#1.on_hand: 6 is stored, 3 is computed"),
        ("UPDATE stock_level SET value = 1 WHERE id = 1", "stock_level#1.value: 0.01 is stored, 600.00 is computed"),
        ("UPDATE stock_level SET allocated = 1 WHERE id = 1", "stock_level#1.allocated: 1 is stored, 0 is computed"),
        ("UPDATE stock_level SET last_moved_at = '2027-01-01 00:00:00' WHERE id = 1", "stock_level#1.last_moved_at: "),
        ("UPDATE stock_movement SET balance_after = 9 WHERE id = 1", "stock_movement#1.balance_after: 9 is stored"),
        ("UPDATE stock_movement SET occurred_at = '2028-01-01 00:00:00' WHERE id = 1", "stock_movement#2.not_before:"),
        ("UPDATE stock_movement SET value = -50000 WHERE id = 4", "stock_movement#5.value: 400.00 is stored, 500.00"),
        ("UPDATE stock_movement SET value = -200000 WHERE id = 4", "stock_movement#4.worth_after: -1400.00"),
        ("UPDATE stock_movement SET reverses_id = NULL WHERE id = 5", "stock_document#4.lines: 0 is stored, 1"),
        ("UPDATE stock_movement SET value = 100 WHERE id = 3", "stock_document#2.value#1: -399.00 is"),
        ("UPDATE stock_movement SET actor_name = 'Хтось' WHERE id = 4", "stock_movement#4.deed#3: another is stored"),
        ("UPDATE stock_movement SET kind = 'receipt' WHERE id = 4", "stock_movement#4.deed#3: another is stored"),
        ("UPDATE stock_total SET copies = 7 WHERE location_id = 2", "stock_total#2.copies: 7 is stored, 2 is computed"),
        ("UPDATE stock_total SET value = 0 WHERE location_id = 2", "stock_total#2.value: 0.00 is stored, 400.00 is"),
        ("DELETE FROM stock_total WHERE location_id = 1", "stock_total#1.editions: 0 is stored, 1 is computed"),
        ("UPDATE stock_day SET went = 0 WHERE location_id = 1", "stock_day#2027-03-01/1.went: 0 is stored, 2 is"),
        ("UPDATE stock_day SET receipts = 2 WHERE location_id = 1", "stock_day#2027-03-01/1.receipts: 2 is stored, 1"),
        ("UPDATE game SET price_from = 1", "game#1.price_from: 0.01 is stored, 890.00 is computed"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(tampering: str, found: str, now: datetime) -> None:
    _tamper([tampering])
    assert any(str(drift).startswith(found) for drift in verify(at=now)[1]), [str(each) for each in verify(at=now)[1]]


@pytest.mark.usefixtures("history")
def test_a_game_that_is_called_in_stock_and_is_not_is_found(now: datetime) -> None:
    with transaction():
        db.session.execute(db.text("UPDATE game SET in_stock = NOT in_stock"))
    assert [str(each) for each in verify(at=now)[1]] == ["game#1.in_stock: False is stored, True is computed"]


@pytest.mark.usefixtures("history")
def test_verifying_holds_no_writer_up_and_sees_one_moment(
    app: Flask, actor: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it reads, somebody receives; the books it sees are those from before, and they agree."""

    def meanwhile(connection: object) -> object:
        lines = [Line(1, 3)]
        in_transaction(lambda: stock.receive(lines, location_id=1, key=key(), actor=actor, at=now).id)
        return drifts_of(connection)

    monkeypatch.setattr("shop.stock.operations.verifying.drifts", meanwhile)
    check, drifts = verify(at=now)
    assert (drifts, check.movements) == ([], 5)
    monkeypatch.undo()
    assert verify(at=now)[0].movements == 6


def test_verifying_inside_another_deed_is_a_mistake(now: datetime) -> None:
    with pytest.raises(RuntimeError, match="inside another"), transaction():
        verify(at=now)
