"""Forms that every job uses."""

from flask import Flask

from backoffice.forms import LONGEST_KEY, KeyForm, typed_key


def test_a_form_keeps_its_key_and_a_new_one_gets_its_own(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"key": "k-1"}):
        assert KeyForm().key.data == "k-1"
    with app.test_request_context():
        assert KeyForm().key.data != KeyForm().key.data


def test_a_key_that_is_missing_is_made_and_a_long_one_is_cut() -> None:
    assert len(typed_key("")) == len(typed_key(None)) == 36
    assert typed_key("k" * 100) == "k" * LONGEST_KEY
