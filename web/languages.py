"""Which language a request is answered in: Ukrainian, unless the address or the person's own choice says English."""

from functools import lru_cache
from typing import Any

from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_babel, get_domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from web.areas import area_of, is_english

LANGUAGES = {"uk": "Українська", "en": "English"}
DEFAULT = "uk"
COOKIE = "language"


def chosen_language() -> str:
    """Never asks Accept-Language: law 2704-VIII, art. 27 part 6, wants Ukrainian first."""
    if not has_request_context():
        return DEFAULT
    if area_of(request.path).language_by_cookie:
        chosen = request.cookies.get(COOKIE, DEFAULT)
        return chosen if chosen in LANGUAGES else DEFAULT
    return "en" if is_english(request.path) else DEFAULT


def spoken() -> str:
    """The language of the page: `uk` or `en`. Asked hundreds of times a page, so Flask-Babel is asked only once."""
    known = getattr(g, "_flask_babel", None) if has_app_context() else None
    locale = getattr(known, "babel_locale", None) or get_locale()
    return locale.language if locale else DEFAULT


def forget_words() -> None:
    """Read the catalogues anew: they have changed."""
    _word.cache_clear()
    _counted_word.cache_clear()
    get_babel().instance.domain_instance.cache.clear()


class Words(Domain):
    """Our catalogue, in which a text is looked up once for each language and not once for each time it is shown."""

    def gettext(self, string: str, **values: Any) -> str:
        """A text in the language of the page."""
        text = _word(spoken(), string)
        return text % values if values else text

    def ngettext(self, singular: str, plural: str, num: int, **values: Any) -> str:
        """A text in the form that goes with a number."""
        return _counted_word(spoken(), singular, plural, num) % ({"num": num} | values)


@lru_cache(maxsize=8192)
def _word(_language: str, text: str) -> str:
    """Asked within a page of that language only, so that its catalogue is the one at hand."""
    return str(get_domain().get_translations().ugettext(text))


@lru_cache(maxsize=8192)
def _counted_word(_language: str, one: str, many: str, number: int) -> str:
    return str(get_domain().get_translations().ungettext(one, many, number))


@pass_eval_context
def _in_template(page: EvalContext, text: str, /, **values: Any) -> str:
    """`_()` of templates: the text is ours and may hold markup, the values are anybody's and are escaped."""
    return _filled(page, _word(spoken(), text), values)


@pass_eval_context
def _counted_in_template(page: EvalContext, one: str, many: str, count: int, /, **values: Any) -> str:
    return _filled(page, _counted_word(spoken(), one, many, count), {"num": count} | values)


def _filled(page: EvalContext, text: str, values: dict[str, Any]) -> str:
    if not page.autoescape:
        return text % values
    return Markup(text % {name: _safe(value) for name, value in values.items()})  # noqa: S704  # all values are safe


def _safe(value: Any) -> Any:
    return value if isinstance(value, int) else escape(value)


def init_app(app: Flask) -> None:
    """Set up Flask-Babel with our catalogues."""
    babel = Babel(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Kyiv",
        default_translation_directories=f"{app.root_path}/translations",
        locale_selector=chosen_language,
        timezone_selector=lambda: "Europe/Kyiv",
    )
    babel.domain_instance = Words(domain="messages")
    words = {"_": _in_template, "gettext": _in_template, "ngettext": _counted_in_template}
    app.jinja_env.globals.update(words, LANGUAGES=LANGUAGES, get_locale=get_locale)
