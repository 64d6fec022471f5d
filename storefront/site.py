"""What all public pages share: the frame, and how one is kept for everybody until something that is shown changes."""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, request
from markupsafe import Markup
from sqlalchemy import Connection

from shop.catalog.queries.vocabulary import Word
from shop.db import reading
from shop.versions import Published, numbers
from storefront.addresses import BASES
from web.fragments import Fragments, fragments
from web.languages import spoken

CACHE = "public, max-age=0, s-maxage=1, stale-while-revalidate=5"

pages = Blueprint("storefront", __name__, template_folder="templates")


@dataclass(frozen=True)
class Reading:
    """What a page is made with: the connection that it reads on, and the numbers of what was published before that."""

    connection: Connection
    version: Mapping[Published, int]
    kept: Fragments

    def kept_fact(self, what: object, depends_on: tuple[Published, ...], make: Callable[[], Any]) -> Any:
        """Something read for many pages, as long as nothing that it depends on changes."""
        return self.kept.facts.get(what, self._numbers(depends_on), make)

    def kept_piece(self, what: Hashable, depends_on: tuple[Published, ...], make: Callable[[], str]) -> Markup:
        """A piece of many pages, rendered by a template that escapes."""
        return self.kept.pieces.get(what, self._numbers(depends_on), lambda: Markup(make()))  # noqa: S704  # as above

    def _numbers(self, depends_on: tuple[Published, ...]) -> tuple[int | None, ...]:
        return tuple(self.version.get(each) for each in depends_on)


def public_page(place: str, make: Callable[[Reading], str]) -> Response:
    """The page at a canonical place below the language's address, kept under it for all visitors.

    It is made of nothing that belongs to one visitor: no session, no cookie, no nonce.
    """
    with reading() as connection:
        version = numbers(connection)
        made = Reading(connection, version, fragments())
        shown = tuple(version.get(each) for each in (Published.CATALOGUE, Published.MENU, Published.WORDS))
        page, tag = made.kept.pages.get((request.host_url, spoken(), place), shown, lambda: _tagged(make(made)))
    answer = Response(page, mimetype="text/html")
    answer.headers["Cache-Control"] = CACHE
    answer.set_etag(tag)
    answer.make_conditional(request)
    return answer


def _tagged(page: str) -> tuple[bytes, str]:
    """The tag is of the content: it differs when a new program writes the same page otherwise."""
    body = page.encode()
    return body, hashlib.blake2b(body, digest_size=12).hexdigest()


def rendered(template: str, *, place: str, canonical_place: str | None = None, **values: Any) -> str:
    """A template within the frame. Not by Flask's own function, whose context brings in who is signed in.

    `canonical_place` is the one of several places with the same content that searchers should know.
    """
    known = place if canonical_place is None else canonical_place
    frame = {
        "canonical": absolute(known, spoken()),
        "alternates": {language: absolute(known, language) for language in BASES},
        "base": BASES[spoken()],
        "language": spoken(),
        "languages_here": {language: f"{base}{place}" for language, base in BASES.items()},
        "seller": current_app.config["SELLER"],
        "named": named,
    }
    return current_app.jinja_env.get_template(f"storefront/{template}").render(frame | values)


def absolute(place: str, language: str) -> str:
    """The whole address of a place in a language."""
    return request.host_url.rstrip("/") + BASES[language] + place


def named(word: Word) -> str:
    """A category or mechanic in the language of the page."""
    return word.name if spoken() == "uk" else word.name_en
