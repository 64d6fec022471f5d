"""The texts of the interface: escaped where they enter a template, and never a broken page."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string
from flask_babel import get_babel, gettext, lazy_gettext, ngettext, npgettext, pgettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import StringField

from web.texts import filled, forget_texts

TRANSLATED = {
    "Save %(name)s": "100%",
    "Take %(name)s": "Взяти %(nmae)s",
    "Less for %(name)s": "-5% для %(name)s",
    "Bold": "<b>жирно</b>",
    "Bold %(name)s": "<b>%(name)s</b>",
    "5% off": "5% знижки",
}


@pytest.fixture
def translated(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The app with a catalogue of bad and odd translations instead of ours."""
    catalogue = Catalog(locale="uk", domain="messages")
    for source, target in TRANSLATED.items():
        catalogue.add(source, target)
    catalogue.add("Low", "мало", context="chip")
    catalogue.add("Low", "низько", context="shelf")
    catalogue.add(("%(num)d cup", "%(num)d cups"), ("%(num)d% чашка", "%(nom)d чашки", "<i>%(num)d</i> чашок"))
    catalogue.add(("%(num)d left", "%(num)d left"), ("%(num)d є", "%(num)d є", "%(num)d є"), context="chip")
    folder = tmp_path / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    with app.test_request_context("/"):
        babel = get_babel(app)
        ours, babel.translation_directories = babel.translation_directories, [str(tmp_path)]
        forget_texts()
        yield app
        babel.translation_directories = ours
        forget_texts()


def test_a_lone_percent_sign_in_a_translation_is_a_percent_sign(translated: Flask) -> None:
    assert gettext("Save %(name)s", name="Катан") == "100%"
    assert gettext("Less for %(name)s", name="Катан") == "-5% для Катан"
    assert gettext("5% off") == "5% знижки"
    assert ngettext("%(num)d cup", "%(num)d cups", 1) == "1% чашка"
    assert render_template_string("{{ _('Save %(name)s', name='x') }} {{ _('5% off') }}") == "100% 5% знижки"


def test_a_translation_that_asks_for_another_value_gives_way_to_its_source(
    translated: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "web.texts"):
        assert gettext("Take %(name)s", name="Катан") == "Take Катан"
    assert "nmae" in caplog.text
    assert ngettext("%(num)d cup", "%(num)d cups", 2) == "2 cups"
    assert render_template_string("{{ _('Take %(name)s', name='<b>') }}") == "Take &lt;b&gt;"


def test_a_translation_is_text_and_never_markup(translated: Flask) -> None:
    assert render_template_string("{{ _('Bold') }}") == "&lt;b&gt;жирно&lt;/b&gt;"
    assert render_template_string("{{ _('Bold %(name)s', name=name) }}", name=Markup("<i>")) == (
        "&lt;b&gt;<i>&lt;/b&gt;"
    )
    assert render_template_string("{{ ngettext('%(num)d cup', '%(num)d cups', 5) }}") == "&lt;i&gt;5&lt;/i&gt; чашок"
    assert render_template_string("{{ text }}", text=lazy_gettext("Bold")) == "&lt;b&gt;жирно&lt;/b&gt;"
    assert gettext("Bold") == "<b>жирно</b>"


def test_the_label_of_a_form_is_text_too(translated: Flask) -> None:
    class Form(FlaskForm):
        name = StringField(lazy_gettext("Bold"))

    assert Form().name.label() == '<label for="name">&lt;b&gt;жирно&lt;/b&gt;</label>'


def test_one_text_may_be_translated_for_each_of_its_contexts(translated: Flask) -> None:
    assert (pgettext("chip", "Low"), pgettext("shelf", "Low"), gettext("Low")) == ("мало", "низько", "Low")
    assert npgettext("chip", "%(num)d left", "%(num)d left", 3) == "3 є"
    assert render_template_string("{{ pgettext('shelf', 'Low') }}") == "низько"
    assert render_template_string("{{ npgettext('chip', '%(num)d left', '%(num)d left', 3) }}") == "3 є"


def test_a_mistake_of_our_own_code_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        filled("Взяти %(name)s", "Take %(name)s", {"other": 1})


def test_a_template_escapes_what_is_put_into_a_text(app: Flask) -> None:
    with app.test_request_context("/en/"):
        asked = {"name": "<b>", "safe": Markup("<i>")}
        assert render_template_string("{{ _('Take %(name)s', name=name) }}", **asked) == "Take &lt;b&gt;"
        assert render_template_string("{{ _('Take %(name)s', name=safe) }}", **asked) == "Take <i>"
        counted = "{{ ngettext('%(num)d %(name)s', '%(num)d %(name)ss', 2, name=name) }}"
        assert render_template_string(counted, **asked) == "2 &lt;b&gt;s"
        assert gettext("Take %(name)s", name="<b>") == "Take <b>"
        assert not isinstance(gettext("Save"), Markup)


def test_words_are_read_anew_when_they_have_changed(app: Flask) -> None:
    with app.test_request_context("/"):
        assert gettext("Save") == "Зберегти"
        catalogue = get_babel().instance.domain_instance.get_translations()
        catalogue._catalog["Save"] = "Записати"
        assert gettext("Save") == "Зберегти"
        forget_texts()
        assert gettext("Save") == "Зберегти"  # from the file
        assert get_babel().instance.domain_instance.get_translations() is not catalogue
        assert ngettext("%(num)s game sold out", "%(num)s games sold out", 5) == "5 розпроданих ігор"
