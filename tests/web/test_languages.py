"""Which language a page is in, and its words."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, gettext

from tests.clients import browser
from web.languages import spoken


@pytest.mark.parametrize(("path", "title"), [("/", "Настільні ігри для тих"), ("/en/", "Board games for those")])
def test_a_page_speaks_ukrainian_unless_its_address_says_english(app: Flask, path: str, title: str) -> None:
    page = browser(app).get(path, headers={"Accept-Language": "en, ru;q=0.9"}).text
    assert f'<html lang="{"en" if path == "/en/" else "uk"}"' in page
    assert title in page


@pytest.mark.parametrize(("address", "language", "word"), [("/", "uk", "Зберегти"), ("/en/", "en", "Save")])
def test_a_text_is_in_the_language_of_the_address(app: Flask, address: str, language: str, word: str) -> None:
    with app.test_request_context(address):
        assert spoken() == language
        assert gettext("Save") == word
        assert render_template_string("{{ _('Save') }}") == word


def test_another_language_may_be_forced_for_a_while(app: Flask) -> None:
    with app.test_request_context("/"):
        with force_locale("en"):
            assert (spoken(), gettext("Save")) == ("en", "Save")
        assert (spoken(), gettext("Save")) == ("uk", "Зберегти")
