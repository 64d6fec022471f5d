"""Money, numbers and moments for people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from web.formats import (
    KYIV,
    _months,
    _signs,
    day,
    decimals,
    initials,
    lasting,
    long_day,
    moment,
    money,
    number,
    signed,
    span,
)

NBSP = "\N{NO-BREAK SPACE}"
ADDRESSES = {"uk": "/", "en": "/en/"}


@pytest.mark.parametrize(
    ("amount", "ukrainian", "english"),
    [
        (None, "—", "—"),
        (Decimal("1299"), f"1{NBSP}299{NBSP}₴", f"1,299{NBSP}₴"),
        (Decimal("1299.5"), f"1{NBSP}299,50{NBSP}₴", f"1,299.50{NBSP}₴"),
        (Decimal("-0.05"), f"−0,05{NBSP}₴", f"−0.05{NBSP}₴"),
        (1_000_000, f"1{NBSP}000{NBSP}000{NBSP}₴", f"1,000,000{NBSP}₴"),
    ],
)
@pytest.mark.parametrize("language", ADDRESSES)
def test_money(app: Flask, language: str, amount: Decimal | int | None, ukrainian: str, english: str) -> None:
    with app.test_request_context(ADDRESSES[language]):
        assert money(amount) == (ukrainian if language == "uk" else english)


@given(
    kopiykas=st.integers(-(10**12), 10**12),
    when=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),
)
def test_our_own_writing_is_babels(kopiykas: int, when: datetime) -> None:
    amount = Decimal(kopiykas).scaleb(-2)
    for language in ADDRESSES:
        ours = f"{amount:,.2f}".translate(_signs(language))
        assert ours == format_decimal(amount, format="#,##0.00", locale=language).replace("-", "−")
        assert f"{when.day} {_months(language)[when.month]} {when.year}" == format_date(
            when, "d MMM y", locale=language
        )


def test_moments_are_those_of_kyiv(app: Flask) -> None:
    with app.test_request_context("/"):
        late = datetime(2026, 3, 9, 23, 5, tzinfo=UTC)
        assert day(late) == "10.03.2026"
        assert moment(late) == f"10.03.2026,{NBSP}01:05"
        assert day(date(2026, 3, 9)) == "09.03.2026"
        assert (day(None), moment(None)) == ("—", "—")
        assert late.astimezone(KYIV).hour == 1


def test_numbers_signs_and_spans(app: Flask) -> None:
    with app.test_request_context("/"):
        assert number(Decimal("2.35")) == "2,35"
        assert (signed(24), signed(-3), signed(0)) == ("+24", "−3", "0")
        assert (span(2, 4), span(2, 2), span(None, 4), span(None, None)) == ("2–4", "2", "4", "—")


def test_how_long_something_has_lasted_is_said_in_one_number(app: Flask) -> None:
    with app.test_request_context("/"):
        told = [lasting(timedelta(minutes=minutes)) for minutes in (3, 130, 1_500, 60 * 24 * 15)]
    assert told == [each.replace(" ", NBSP) for each in ("3 хвилини", "2 години", "1 день", "2 тижні")]


LAST = datetime(2026, 11, 24, 12, 25, tzinfo=UTC)


def test_a_day_has_one_form_in_tables_and_one_in_headings(app: Flask) -> None:
    with app.test_request_context("/"):
        headings = "24 листопада 2026\N{NARROW NO-BREAK SPACE}р."
        assert (day(LAST), moment(LAST), long_day(LAST)) == ("24.11.2026", f"24.11.2026,{NBSP}14:25", headings)
        assert long_day(date(2026, 11, 24)) == headings


def test_a_day_in_english(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert (day(LAST), long_day(LAST)) == (f"24{NBSP}Nov{NBSP}2026", "November 24, 2026")


@pytest.mark.parametrize(("address", "title"), [("/", "−5,5 %"), ("/en/", "−5.5 %")])
def test_the_title_of_a_batch_has_the_decimal_sign_of_the_language(app: Flask, address: str, title: str) -> None:
    with app.test_request_context(address):
        assert decimals("−5.5 %") == title


@pytest.mark.parametrize(("name", "letters"), [("Олена Власниця", "ОВ"), ("їжак", "Ї"), ("", "")])
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
