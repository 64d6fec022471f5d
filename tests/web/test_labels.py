"""The shop's words in the language of the request."""

import pytest
from flask import Flask

from shop.accounts.rules import Permission
from shop.catalog.rules.editions import Language, VatRate
from web.labels import audit_value, choices, label, permission_label, role_label


def test_two_enums_with_one_value_keep_their_own_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert label(Language.INDEPENDENT) == "не залежить від мови"
        assert label(VatRate.NONE) == "без ПДВ"


@pytest.mark.parametrize(("address", "word"), [("/", "українська"), ("/en/", "Ukrainian")])
def test_words_are_in_the_language_of_the_page(app: Flask, address: str, word: str) -> None:
    with app.test_request_context(address):
        assert ("uk", word) in choices(Language)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("language", "uk", "українська"),
        ("price", "1299.50", "1\N{NO-BREAK SPACE}299,50\N{NO-BREAK SPACE}₴"),
        ("roles", ["owner", "Касир"], "власник, Касир"),
        ("permissions", ["cost:read", "gone:read"], "Бачити собівартість, gone:read"),
        ("is_expansion", True, "так"),
        ("title", None, "—"),
    ],
)
def test_a_value_of_the_audit_is_told_in_words(app: Flask, field: str, value: object, words: str) -> None:
    with app.test_request_context("/"):
        assert audit_value(field, value) == words


def test_what_the_code_does_not_know_is_shown_as_it_is_stored(app: Flask) -> None:
    with app.test_request_context("/"):
        assert role_label("Касир") == "Касир"
        assert permission_label("gone:read") == "gone:read"
        assert permission_label(Permission.COST_READ.value) != "cost:read"
