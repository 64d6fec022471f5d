"""The words of the interface: complete, right, and never out of step with the code."""

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from translations.catalogues import mistakes
from web.labels import ENUMS, LABELS


def test_the_catalogues_are_complete_and_right() -> None:
    assert list(mistakes()) == []


def test_every_member_of_every_enum_has_a_word() -> None:
    assert [member for enum in ENUMS for member in enum if member not in LABELS] == []


FORMS = [(1, "гра"), (2, "гри"), (5, "ігор"), (11, "ігор"), (21, "гра"), (112, "ігор")]


@pytest.mark.parametrize(("number", "word"), FORMS)
def test_ukrainian_has_three_plural_forms(app: Flask, number: int, word: str) -> None:
    from flask_babel import ngettext

    with app.test_request_context("/"), force_locale("uk"):
        assert ngettext("%(num)s game", "%(num)s games", number) == f"{number} {word}"


def test_the_libraries_speak_our_ukrainian(app: Flask) -> None:
    """Flask-Admin's own catalogue says `"Скасувати"` with quotes; ours must win."""
    from flask_admin.babel import gettext as admin_gettext

    with app.test_request_context("/admin/"):
        assert admin_gettext("Cancel") == "Скасувати"
        assert gettext("Save") == "Зберегти"
