"""The forms of the deeds: lines of editions and quantities."""

from decimal import Decimal

from flask import Flask

from backoffice.stock.deed_forms import ReceiptForm
from tests.factories import EditionFactsFactory, editions_of, make_game

LINES = {"edition_id": ["7", "x", "8"], "quantity": ["1 000", "1", "0"], "unit_cost": ["412,50", "", "дорого"]}


def test_lines_are_read_as_they_were_typed_and_what_is_wrong_with_them_is_told(app: Flask) -> None:
    with app.test_request_context(method="POST", data=LINES):
        form = ReceiptForm()
        form.read_lines()
        assert [(line.edition_id, line.quantity, bool(line.error)) for line in form.typed] == [
            (7, "1000", False),
            (8, "0", True),
        ]
        form.typed = form.typed[:1]
        assert [(line.quantity, line.unit_cost) for line in form.lines()] == [(1000, Decimal("412.50"))]


def test_a_code_that_is_known_becomes_a_line_and_one_that_is_not_waits(app: Flask) -> None:
    edition = editions_of(make_game(EditionFactsFactory(ean13="4006381333931")))[0]
    sent = {"waiting_code": ["4006381333931", "9780201379624"], "waiting_quantity": ["2", "3"], "scan": "GEEK-17"}
    with app.test_request_context(method="POST", data=sent):
        form = ReceiptForm()
        form.read_lines()
        assert [(line.edition_id, line.quantity) for line in form.typed] == [(edition.id, "2")]
        assert [(each.code, each.quantity) for each in form.waiting] == [("GEEK-17", "1"), ("9780201379624", "3")]
        assert form.changes_lines


def test_up_to_four_digits_in_the_scan_field_are_the_quantity_of_the_newest_line(app: Flask) -> None:
    sent = {"edition_id": ["7", "8"], "quantity": ["1", "1"], "unit_cost": ["", ""], "scan": "24"}
    with app.test_request_context(method="POST", data=sent):
        form = ReceiptForm()
        form.read_lines()
        assert [line.quantity for line in form.typed] == ["24", "1"]


def test_a_line_that_is_removed_takes_its_box_along(app: Flask) -> None:
    sent = {
        "edition_id": ["7", "8"],
        "quantity": ["1", "1"],
        "unit_cost": ["", ""],
        "box_id": ["7:3", "8:4", "x:1"],
        "drop_line": "7",
    }
    with app.test_request_context(method="POST", data=sent):
        form = ReceiptForm()
        form.read_lines()
        assert [line.edition_id for line in form.typed] == [8]
        assert form.boxes == [(8, 4)]
