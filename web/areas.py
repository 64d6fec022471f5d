"""The parts of the site by their addresses: who has a session, which language speaks, who may keep the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from flask import Flask, request


@dataclass(frozen=True)
class Area:
    """All addresses below a prefix.

    `session`: pages read and set the session's cookie and carry a nonce, so each is made for one person alone.
    `language_by_cookie`: by the person's choice; else English below /en and Ukrainian everywhere else.
    `cache`: Cache-Control of an answer that says nothing itself.
    `frame`: the template that shows a refusal among the pages of the area; empty where it stands by itself.
    """

    prefix: str
    session: bool
    language_by_cookie: bool
    cache: str
    frame: str = ""


_ASK_WHO = "flask_principal"
AREAS = (
    Area("/admin", session=True, language_by_cookie=True, cache="no-store", frame="backoffice/error.html"),
    Area("/auth", session=True, language_by_cookie=True, cache="no-store"),
    Area("/static", session=False, language_by_cookie=False, cache="no-cache"),
)
PUBLIC = Area("", session=False, language_by_cookie=False, cache="no-cache")


@lru_cache(maxsize=1024)
def area_of(path: str) -> Area:
    """The area in which an address lies; everything that has no other is public."""
    for area in AREAS:
        if path == area.prefix or path.startswith(f"{area.prefix}/"):
            return area
    return PUBLIC


def is_english(path: str) -> bool:
    """Whether an address of the public area is one of an English page."""
    return path == "/en" or path.startswith("/en/")


def init_app(app: Flask) -> None:
    """Where there is no session, let no library ask who somebody is; set up after all that would ask."""
    before = app.before_request_funcs.get(None, [])
    before[:] = [_with_session(asks) if asks.__module__.startswith(_ASK_WHO) else asks for asks in before]


def _with_session(asks: Callable[[], Any]) -> Callable[[], Any]:
    @wraps(asks)
    def asked() -> Any:
        return asks() if area_of(request.path).session else None

    return asked
