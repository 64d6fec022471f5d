"""Which language a request is answered in: Ukrainian, unless the address or the person's own choice says English."""

from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_domain, get_locale

LANGUAGES = {"uk": "Українська", "en": "English"}
DEFAULT = "uk"
COOKIE = "language"
_CHOSEN_BY_COOKIE = ("/admin", "/auth")


def chosen_language() -> str:
    """Never asks Accept-Language: law 2704-VIII, art. 27 part 6, wants Ukrainian first."""
    if not has_request_context():
        return DEFAULT
    if request.path.startswith(_CHOSEN_BY_COOKIE):
        chosen = request.cookies.get(COOKIE, DEFAULT)
        return chosen if chosen in LANGUAGES else DEFAULT
    return "en" if request.path == "/en" or request.path.startswith("/en/") else DEFAULT


def init_app(app: Flask) -> None:
    """Set up Flask-Babel with our catalogues."""
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Kyiv",
        default_translation_directories=f"{app.root_path}/translations",
        locale_selector=chosen_language,
        timezone_selector=lambda: "Europe/Kyiv",
    )
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, get_locale=get_locale)
    # the method is added by Jinja's i18n extension when it is loaded, so types don't know it
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]


def _gettext(text: str) -> str:
    return str(_words().ugettext(text))


def _ngettext(one: str, many: str, number: int) -> str:
    return str(_words().ungettext(one, many, number))


def _words() -> Any:
    """The catalogue of the page. Flask-Babel looks it up anew for each text: a third of the time of a long list."""
    if "words" not in g:
        g.words = get_domain().get_translations()
    return g.words
