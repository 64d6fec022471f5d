"""The words of WTForms and Flask-Admin in our Ukrainian, put where the libraries look for theirs."""

import pytest
from flask import Flask
from flask_admin import babel as admin_words
from flask_babel import force_locale
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired


class Count(FlaskForm):
    """A form with words of WTForms."""

    name = StringField(validators=[InputRequired()])
    copies = IntegerField()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("uk", ["Заповніть це поле.", "Введіть ціле число, наприклад 12."]),
        ("en", ["This field is required.", "Not a valid integer value."]),
    ],
)
def test_a_form_refuses_in_the_language_of_the_page(app: Flask, language: str, told: list[str]) -> None:
    with app.test_request_context("/admin/"), force_locale(language):
        form = Count(MultiDict({"copies": "x"}))
        assert not form.validate()
        assert [str(error) for field in (form.name, form.copies) for error in field.errors] == told


def test_flask_admin_speaks_our_words(app: Flask) -> None:
    with app.test_request_context("/admin/"), force_locale("uk"):
        assert admin_words.gettext("Home") == "Головна"
        assert admin_words.gettext("Invalid file type.") == "Недопустимий тип файлу."


def test_the_libraries_still_look_for_their_words_where_ours_are_put(app: Flask) -> None:
    ours = f"{app.root_path}/translations"
    for domain in (admin_words.domain, admin_words.wtforms_domain):
        assert domain.translation_directories[-1] == ours
