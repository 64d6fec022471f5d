"""The form of many prices."""

from decimal import Decimal

import pytest
from flask import Flask

from backoffice.repricing import RepriceForm


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("7", Decimal(7)), ("+7 %", Decimal(7)), ("−5", Decimal(-5)), ("2,5", Decimal("2.5")), ("x", None)],
)
def test_a_change_is_read_as_people_type_it(app: Flask, typed: str, meant: Decimal | None) -> None:
    with app.test_request_context(method="POST", data={"percent": typed}):
        assert RepriceForm().change() == meant


def test_the_editions_that_were_ticked_are_part_of_what_was_previewed(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"editions": "3,x,5", "percent": "7"}):
        form = RepriceForm()
        assert form.chosen() == [3, 5]
        assert "3,x,5" in form.asked()
