"""Money, moments and enums come back from both databases as they went in."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import literal, select
from sqlalchemy.exc import StatementError

from shop.audit.rules import ActorKind
from shop.columns import EnumText, Hundredths, Money, UtcTime, can_be_held, money_text
from shop.db import db


@pytest.mark.parametrize("amount", [Decimal("0.01"), Decimal("1299.50"), Decimal("90000000.00")])
def test_money_is_exact(app: Flask, amount: Decimal) -> None:
    assert db.session.scalar(select(literal(amount, Money()))) == amount
    assert db.session.scalar(select(literal(None, Money()))) is None


@pytest.mark.parametrize("amount", ["0.05", "0.50", "954.00", "1299.99", "10000000.00"])
def test_the_database_writes_an_amount_as_the_audit_does(app: Flask, amount: str) -> None:
    column = select(literal(Decimal(amount), Money()).label("price")).subquery().c.price
    assert db.session.scalar(select(money_text(column))) == amount


def test_a_part_of_a_kopiyka_is_a_mistake_of_ours(app: Flask) -> None:
    with pytest.raises(StatementError, match="two decimal places"):
        db.session.scalar(select(literal(Decimal("0.001"), Hundredths())))


def test_a_moment_is_utc_whatever_zone_it_came_from(app: Flask) -> None:
    kyiv = datetime(2027, 3, 1, 14, 5, tzinfo=timezone(timedelta(hours=2)))
    back = db.session.scalar(select(literal(kyiv, UtcTime())))
    assert (back, back.tzinfo) == (kyiv, UTC)


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        db.session.scalar(select(literal(datetime(2027, 3, 1), UtcTime())))


def test_an_enum_comes_back_as_its_member_and_refuses_strangers(app: Flask) -> None:
    assert db.session.scalar(select(literal("staff", EnumText(ActorKind)))) is ActorKind.STAFF
    with pytest.raises(StatementError):
        db.session.scalar(select(literal("robot", EnumText(ActorKind))))


@pytest.mark.parametrize("text", ["", "Каркасон 🎲", "a\tb", "\uffff"])
def test_what_is_called_holdable_comes_back_as_it_was(app: Flask, text: str) -> None:
    assert can_be_held(text)
    assert db.session.scalar(select(literal(text))) == text


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_a_nul_and_half_a_pair_cannot_be_held(text: str) -> None:
    assert not can_be_held(text)
