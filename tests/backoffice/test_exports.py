"""CSV files that a Ukrainian spreadsheet opens rightly."""

from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from flask import Flask

from backoffice import exports
from backoffice.exports import cell, csv_answer


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (-7, "-7"),
        (Decimal("-1299.50"), "-1299,50"),
        (datetime(2027, 3, 1, 12, 5, tzinfo=UTC), "01.03.2027 14:05"),
        ("Каркасон", "Каркасон"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
    ],
)
def test_a_cell_is_written_as_a_spreadsheet_reads_it(value: object, written: str) -> None:
    assert cell(value) == written


def test_a_file_has_a_bom_semicolons_and_all_rows(app: Flask) -> None:
    with app.test_request_context():
        answer = csv_answer("Games", ["Назва", "Ціна"], [(f"Гра {number}", Decimal("9.50")) for number in range(450)])
        lines = answer.get_data(as_text=True).split("\r\n")
    assert lines[:2] == ["\ufeffНазва;Ціна", "Гра 0;9,50"]
    assert len(lines) == 452
    assert unquote(answer.headers["Content-Disposition"]).endswith(".csv")


def test_a_file_that_is_read_too_slowly_is_broken_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LONGEST_SECONDS", -1)
    with app.test_request_context(), pytest.raises(TimeoutError):
        csv_answer("Games", ["Назва"], [("Гра",)]).get_data()
