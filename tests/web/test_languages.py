"""Which language a page is in, and its words."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, get_babel, gettext, ngettext
from markupsafe import Markup

from tests.clients import browser
from web.languages import forget_words, spoken


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


def test_a_template_escapes_what_is_put_into_a_text(app: Flask) -> None:
    with app.test_request_context("/en/"):
        asked = {"name": "<b>", "safe": Markup("<i>")}
        assert render_template_string("{{ _('Take %(name)s', name=name) }}", **asked) == "Take &lt;b&gt;"
        assert render_template_string("{{ _('Take %(name)s', name=safe) }}", **asked) == "Take <i>"
        assert (
            render_template_string("{{ ngettext('%(num)d %(name)s', '%(num)d %(name)ss', 2, name=name) }}", **asked)
            == "2 &lt;b&gt;s"
        )
        assert gettext("Take %(name)s", name="<b>") == "Take <b>"
        assert not isinstance(gettext("Save"), Markup)


def test_words_are_read_anew_when_they_have_changed(app: Flask) -> None:
    with app.test_request_context("/"):
        assert gettext("Save") == "Зберегти"
        catalogue = get_babel().instance.domain_instance.get_translations()
        catalogue._catalog["Save"] = "Записати"
        assert gettext("Save") == "Зберегти"
        forget_words()
        assert gettext("Save") == "Зберегти"  # from the file
        assert get_babel().instance.domain_instance.get_translations() is not catalogue
        assert ngettext("%(num)s game", "%(num)s games", 5) == "5 ігор"
