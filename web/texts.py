"""The texts of the interface in the language of the page: looked up once, escaped in templates, never a broken page."""

import logging
import re
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import Domain, get_babel, get_domain
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from web.languages import spoken

_PERCENT = re.compile(r"%%|%(?!\(\w+\)[sd])")
_log = logging.getLogger(__name__)


class Texts(Domain):
    """Our catalogue, in which a text is looked up once for each language and not once for each time it is shown."""

    def gettext(self, string: str, **values: Any) -> str:
        """A text in the language of the page."""
        return filled(_text(spoken(), string), string, values)

    def ngettext(self, singular: str, plural: str, num: int, **values: Any) -> str:
        """A text in the form that goes with a number."""
        text = _counted_text(spoken(), singular, plural, num)
        return filled(text, singular if num == 1 else plural, {"num": num} | values)

    def pgettext(self, context: str, string: str, **values: Any) -> str:
        """A text in the language of the page, where one English text has several translations."""
        return filled(_text(spoken(), string, context), string, values)

    def npgettext(self, context: str, singular: str, plural: str, num: int, **values: Any) -> str:
        """Both."""
        text = _counted_text(spoken(), singular, plural, num, context)
        return filled(text, singular if num == 1 else plural, {"num": num} | values)


def filled(text: str, source: str, values: dict[str, Any]) -> str:
    """A translation with its values put in; one that asks for other values than its source gives way to the source.

    Without values the text is as it stands; with them a lone `%` is a percent sign, `%%` one too.
    """
    if not values:
        return text
    try:
        return _sound(text) % values
    except (KeyError, TypeError, ValueError):
        _complain(text, source)
        return _sound(source) % values


def forget_texts() -> None:
    """Read the catalogues anew: they have changed."""
    _text.cache_clear()
    _counted_text.cache_clear()
    _complain.cache_clear()
    get_babel().instance.domain_instance.cache.clear()


@lru_cache(maxsize=8192)
def _sound(text: str) -> str:
    """The text with every `%` that begins no placeholder doubled: `-5% for %(name)s` → `-5%% for %(name)s`."""
    return _PERCENT.sub("%%", text)


@lru_cache(maxsize=512)
def _complain(text: str, source: str) -> None:
    """Once for each translation, not once for each page."""
    _log.error("the translation %r does not fit its text %r", text, source)


@lru_cache(maxsize=8192)
def _text(_language: str, text: str, context: str | None = None) -> str:
    """Asked within a page of that language only, so that its catalogue is the one at hand."""
    words = get_domain().get_translations()
    return str(words.ugettext(text) if context is None else words.upgettext(context, text))


@lru_cache(maxsize=8192)
def _counted_text(_language: str, one: str, many: str, number: int, context: str | None = None) -> str:
    words = get_domain().get_translations()
    if context is None:
        return str(words.ungettext(one, many, number))
    return str(words.unpgettext(context, one, many, number))


@lru_cache(maxsize=8192)
def _escaped(text: str) -> str:
    return str(escape(text))


def _written(page: EvalContext, text: str, source: str, values: dict[str, Any]) -> str:
    """A text in a template: the translation and the values are anybody's, and are escaped."""
    if not page.autoescape:
        return filled(text, source, values)
    safe = {name: value if isinstance(value, int) else escape(value) for name, value in values.items()}
    return Markup(filled(_escaped(text), _escaped(source), safe))  # noqa: S704  # all of it is escaped


@pass_eval_context
def _gettext(page: EvalContext, text: str, /, **values: Any) -> str:
    return _written(page, _text(spoken(), text), text, values)


@pass_eval_context
def _ngettext(page: EvalContext, one: str, many: str, count: int, /, **values: Any) -> str:
    text = _counted_text(spoken(), one, many, count)
    return _written(page, text, one if count == 1 else many, {"num": count} | values)


@pass_eval_context
def _pgettext(page: EvalContext, context: str, text: str, /, **values: Any) -> str:
    return _written(page, _text(spoken(), text, context), text, values)


@pass_eval_context
def _npgettext(page: EvalContext, context: str, one: str, many: str, count: int, /, **values: Any) -> str:
    text = _counted_text(spoken(), one, many, count, context)
    return _written(page, text, one if count == 1 else many, {"num": count} | values)


def _lazy_as_html(text: LazyString) -> Markup:
    return escape(str(text))


def init_app(app: Flask) -> None:
    """Give Flask-Babel and the templates these texts."""
    get_babel(app).instance.domain_instance = Texts(domain="messages")
    app.jinja_env.globals.update(
        _=_gettext, gettext=_gettext, ngettext=_ngettext, pgettext=_pgettext, npgettext=_npgettext
    )
    LazyString.__html__ = _lazy_as_html  # Flask-Babel calls every lazy text safe; a label of a form is one
