"""The words of the interface: complete, right, and never out of step with the code."""

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from shop.catalog.rules.editions import Language, VatRate
from translations.catalogues import mistakes
from web.labels import label


def test_the_catalogues_are_complete_and_right() -> None:
    assert list(mistakes()) == []


FORMS = [(1, "гра"), (2, "гри"), (5, "ігор"), (11, "ігор"), (21, "гра"), (112, "ігор")]


@pytest.mark.parametrize(("number", "word"), FORMS)
def test_ukrainian_has_three_plural_forms(app: Flask, number: int, word: str) -> None:
    from flask_babel import ngettext

    with app.test_request_context("/"), force_locale("uk"):
        assert ngettext("%(number)s game", "%(number)s games", number, number=number) == f"{number} {word}"


def test_the_libraries_speak_our_ukrainian(app: Flask) -> None:
    """Flask-Admin's own catalogue says `"Скасувати"` with quotes; ours must win."""
    from flask_admin.babel import gettext as admin_gettext

    with app.test_request_context("/admin/"):
        assert admin_gettext("Cancel") == "Скасувати"
        assert gettext("Save") == "Зберегти"


def test_two_enums_with_one_value_keep_their_own_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert label(Language.INDEPENDENT) == "не залежить від мови"
        assert label(VatRate.NONE) == "без ПДВ"
