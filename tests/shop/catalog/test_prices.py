"""Reading amounts, rounding raised prices, and changing many at once."""

from datetime import datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.rules.editions import clean_barcode, ean13_check_digit, is_ean13
from shop.catalog.rules.prices import Rounding, parse_money, repriced
from shop.db import db, transaction
from tests.factories import editions_of, key, make_game, refused

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1299", "1299"),
        ("1 299,50", "1299.50"),
        (f"1{NBSP}299.5", "1299.5"),
        (f"12{NARROW}345,60 ₴", "12345.60"),
        ("890 грн", "890"),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: str) -> None:
    assert parse_money(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "абв", "1,234,5", "1.234", "-5", "1e5", "99999999999", "٣"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert parse_money(typed) is None


@given(st.decimals("1", "100000", places=2), st.decimals("-90", "300", places=2))
def test_a_price_rounded_to_nine_ends_in_nine_and_is_near(price: Decimal, percent: Decimal) -> None:
    new = repriced(price, percent=percent, rounding=Rounding.NINE)
    assert new % 10 == 9 or new == 1
    assert abs(new - price * (100 + percent) / 100) <= 10


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_barcode_with_its_check_digit_is_right_and_with_another_is_wrong(body: str) -> None:
    digit = ean13_check_digit(body)
    assert is_ean13(f"{body}{digit}")
    assert not is_ean13(f"{body}{(digit + 1) % 10}")


def test_a_scanned_upc_is_led_by_a_zero() -> None:
    assert clean_barcode(" 0 42100-00526 4 ") == "0042100005264"


def _price(edition: Edition) -> Decimal:
    db.session.rollback()
    return db.session.get_one(Edition, edition.id).price


def test_many_prices_change_and_go_back_together(app: Flask, actor: Actor, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    form = key()
    for _ in range(2):
        with transaction():
            batch_id = reprice(
                {edition.id: (Decimal(890), Decimal(949))}, title="+7 %", reason="курс", key=form, actor=actor, at=now
            ).id
    assert _price(edition) == 949
    assert db.session.get_one(Game, edition.game_id).price_from == 949
    with transaction():
        undo_batch(batch_id, reason="помилка", key=key(), actor=actor, at=now)
    assert _price(edition) == 890
    with refused("already_undone"), transaction():
        undo_batch(batch_id, reason="ще раз", key=key(), actor=actor, at=now)


def test_a_price_that_is_no_longer_the_one_that_was_seen_stops_the_batch(
    app: Flask, actor: Actor, now: datetime
) -> None:
    first, second = (editions_of(make_game(title=title))[0] for title in ("Перша", "Друга"))
    seen = {first.id: (Decimal(890), Decimal(949)), second.id: (Decimal(800), Decimal(859))}
    with refused("price_changed"), transaction():
        reprice(seen, title="+7 %", reason="курс", key=key(), actor=actor, at=now)
    assert _price(first) == 890
