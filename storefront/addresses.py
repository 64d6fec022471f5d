"""What a shopper asks, read out of an address and written into one; what can't be read counts as not asked."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.prices import parse_money
from shop.catalog.rules.wishes import Sort, Weight, Wish

BASES = {"uk": "/", "en": "/en/"}
"""Where the pages of a language begin; a place is what comes after, the same in all of them."""
PLAYERS = (1, 2, 3, 4, 5, 6)
MINUTES = (30, 45, 60, 90)
AGES = (5, 8, 10, 12, 14)
Member = TypeVar("Member", bound=StrEnum)
_PARAMETERS = {"language": "edition_language"}  # `language` in an address is the language of the page
_ASKED = [field.name for field in fields(Wish) if field.name not in ("publisher_id", "sold_out", "state")]


def address(wish: Wish, **changed: object) -> dict[str, str]:
    """The wish as parameters of an address, with something changed; what isn't wished is left out."""
    written = _written(wish) | {_PARAMETERS.get(name, name): _text(name, value) for name, value in changed.items()}
    return {name: text for name, text in written.items() if text}


def place_of(wish: Wish, *, page: int = 1, **changed: object) -> str:
    """Where the catalogue shows a wish with something changed: one spelling, however it was asked for."""
    asked = _encoded(wish)
    if changed:
        asked = asked | {name: _parameter(name, value) for name, value in changed.items()}
    spelled = "&".join(filter(None, asked.values()))
    if page > 1:
        spelled += f"&page={page}" if spelled else f"page={page}"
    return f"?{spelled}" if spelled else ""


def read_wish(address: Mapping[str, str]) -> Wish:
    """The wish that the parameters of an address spell."""
    given = {name: value.strip()[:100] for name, value in address.items()}
    return Wish(
        q=given.get("q", ""),
        players=_whole(given.get("players", ""), 1, 99),
        minutes=_whole(given.get("minutes", ""), 1, 10_000),
        age=_whole(given.get("age", ""), 0, 99),
        weight=_member(Weight, given.get("weight", "")),
        language=_member(Language, given.get("edition_language", "")),
        condition=_member(Condition, given.get("condition", "")),
        category=given.get("category", ""),
        mechanic=given.get("mechanic", ""),
        expansions={"1": True, "0": False}.get(given.get("expansions", "")),
        price_from=parse_money(given.get("price_from", "")),
        price_to=parse_money(given.get("price_to", "")),
        available=True if given.get("available") == "1" else None,
        sort=_member(Sort, given.get("sort", "")) or Sort.TITLE,
    )


def editions_asked(wish: Wish) -> Wish:
    """Which editions a wish names, and nothing else of it: what goes on from the catalogue to a game."""
    return Wish(language=wish.language, condition=wish.condition)


def read_page(text: str, *, last: int) -> int:
    """A page from 1 to `last`."""
    return min(max(_whole(text, 1, 1_000_000) or 1, 1), last)


def _whole(text: str, lowest: int, highest: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        return None
    return int(text) if lowest <= int(text) <= highest else None


def _member(enum: type[Member], text: str) -> Member | None:
    return enum(text) if text in set(enum) else None


@lru_cache(maxsize=256)
def _written(wish: Wish) -> dict[str, str]:
    """Every parameter in its place, with an empty text where nothing is wished."""
    return {_PARAMETERS.get(name, name): _text(name, getattr(wish, name)) for name in _ASKED}


@lru_cache(maxsize=256)
def _encoded(wish: Wish) -> dict[str, str]:
    """The same by the names of the wish, as an address spells it; a page has some forty addresses of one wish."""
    return {name: _parameter(name, getattr(wish, name)) for name in _ASKED}


def _parameter(name: str, value: object) -> str:
    text = _text(name, value)
    return urlencode({_PARAMETERS.get(name, name): text}) if text else ""


def _text(name: str, value: object) -> str:
    if value is None or value is False:
        return "0" if value is False else ""
    if name == "sort" and value == Sort.TITLE:
        return ""
    return "1" if value is True else str(value)
