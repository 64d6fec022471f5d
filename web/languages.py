"""Which language a request is answered in: Ukrainian, unless the address or the person's own choice says English."""

from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, get_locale

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
