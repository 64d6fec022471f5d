"""Refusals speak in the language of the reader, with amounts as people write them, and name their field."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from shop.errors import Busy, Conflict, Invalid, Unwritable, at_row


def test_a_refusal_is_told_in_the_language_of_the_reader(app: Flask) -> None:
    with app.test_request_context("/"):
        with force_locale("uk"):
            assert str(Busy()) == "Саме зараз записують інші. Нічого не збережено: спробуйте ще раз."
        with force_locale("en"):
            assert str(Unwritable()).startswith("The shop can’t write")


@pytest.mark.parametrize(("amount", "written"), [("1299.50", "1 299,50 ₴"), ("1299.00", "1 299 ₴"), ("0.05", "0,05 ₴")])
def test_an_amount_in_a_refusal_is_written_as_money(app: Flask, amount: str, written: str) -> None:
    with app.test_request_context("/"), force_locale("uk"):
        told = str(Conflict("x", "%(price)s", price=Decimal(amount)))
    assert told.replace("\N{NO-BREAK SPACE}", " ") == written


def test_a_count_in_a_refusal_is_grouped_and_a_number_of_a_document_is_not(app: Flask) -> None:
    with app.test_request_context("/"), force_locale("uk"):
        told = str(Conflict("x", "%(copies)s / %(document)d", copies=1978, document=1978))
    assert told == "1\N{NO-BREAK SPACE}978 / 1978"


def test_a_refusal_in_a_row_names_the_field_of_that_row() -> None:
    with pytest.raises(Invalid) as refusal, at_row("editions", 2):
        raise Invalid("price_wrong", "…", field="price")
    assert refusal.value.field == "editions-2-price"
    with pytest.raises(Conflict) as whole, at_row("editions", 2):
        raise Conflict("x", "…")
    assert whole.value.field is None
