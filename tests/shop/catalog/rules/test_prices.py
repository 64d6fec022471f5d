"""Reading amounts and rounding raised prices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.rules.editions import clean_barcode, ean13_check_digit, is_ean13
from shop.catalog.rules.prices import Rounding, batch_title, can_change_by, parse_money, repriced

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


@pytest.mark.parametrize(
    ("percent", "title"),
    [("7", f"+7{NBSP}%"), ("-5.50", f"−5.5{NBSP}%"), ("100", f"+100{NBSP}%")],
)
def test_a_batch_is_called_by_its_percent(percent: str, title: str) -> None:
    assert batch_title(Decimal(percent)) == title


@pytest.mark.parametrize("percent", ["0", "-90.01", "300.5", "1.005"])
def test_prices_do_not_change_by_nothing_nor_out_of_bounds(percent: str) -> None:
    assert not can_change_by(Decimal(percent))
