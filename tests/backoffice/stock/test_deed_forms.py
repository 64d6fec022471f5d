"""The forms of the deeds: lines of editions and quantities."""

from decimal import Decimal

from flask import Flask

from backoffice.stock.deed_forms import ReceiptForm

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
