"""What a verification found, in words."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask

from shop.stock.queries.checks import ANOTHER, ONE_OR_MORE, THE_SAME, Drift
from web.drifts import COLUMNS, ROWS, drift_words, kept_drift_words

MUST_BE = "за рухом товару має бути"


@pytest.mark.parametrize(
    ("drift", "words"),
    [
        (Drift("stock_level#12", "on_hand", 1500, 4), f"залишок № 12, залишок: записано 1 500, {MUST_BE} 4"),
        (
            Drift("stock_level#1", "value", Decimal("0.01"), Decimal(600)),
            f"залишок № 1, вартість: записано 0,01 ₴, {MUST_BE} 600 ₴",
        ),
        (
            Drift("stock_document#2", "value#7", Decimal(-399), 0),
            f"документ № 2, вартість видання № 7: записано −399 ₴, {MUST_BE} 0 ₴",
        ),
        (
            Drift("stock_movement#4", "deed#3", ANOTHER, THE_SAME),
            f"рух № 4, вид, час і виконавець, як у документі № 3: записано інше, {MUST_BE} те саме",
        ),
        (
            Drift("stock_document#9", "movements", 0, ONE_OR_MORE),
            f"документ № 9, рядки руху: записано 0, {MUST_BE} принаймні один",
        ),
        (
            Drift("stock_day#2027-03-01/1", "went", 0, 2),
            f"підсумок за 01.03.2027, місце зберігання № 1, вибуло примірників: записано 0, {MUST_BE} 2",
        ),
        (Drift("game#1", "in_stock", True, False), f"гра № 1, є в наявності: записано так, {MUST_BE} ні"),
        (
            Drift("stock_movement#2", "not_before", datetime(2027, 3, 1, 8, 0, tzinfo=UTC), None),
            f"рух № 2, час, не раніший за час попереднього руху: записано 01.03.2027, 10:00, {MUST_BE} —",
        ),
        (Drift("other#1", "column", "x", "y"), f"other#1, column: записано x, {MUST_BE} y"),
    ],
)
def test_a_drift_is_told_in_words_at_once_and_after_it_was_kept(app: Flask, drift: Drift, words: str) -> None:
    with app.test_request_context("/"):
        told = [drift_words(drift), kept_drift_words(drift.kept())]
    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in told] == [words, words]


def test_a_text_that_is_no_drift_is_shown_as_it_stands(app: Flask) -> None:
    with app.test_request_context("/"):
        assert kept_drift_words("game#1.in_stock: True is stored") == "game#1.in_stock: True is stored"


def test_every_row_and_column_that_can_drift_has_its_word() -> None:
    assert {"stock_level", "stock_movement", "stock_document", "stock_total", "stock_day", "game"} == set(ROWS)
    assert {"on_hand", "value", "copies", "editions", "came", "went", "receipts", "deed"} <= set(COLUMNS)
