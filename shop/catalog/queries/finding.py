"""Finding games by the beginnings of words, in any case of letters and with any apostrophe."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from shop.catalog.models import Edition, Game, GameTerm, Publisher
from shop.catalog.rules.editions import clean_barcode
from shop.catalog.rules.spelling import fold
from shop.db import db

LAST = "\U0010ffff"  # sorts after every letter


def found_by(text: str, game_id: Any = Game.id) -> list[ColumnElement[bool]]:
    """The condition under which a game has, for every word of the text, a word that begins with it.

    The words narrow each other down before the games are looked at, so few games are read. Each word is read by its
    range of terms; SQLite would else look every game of the other words up by the index of `game_id`.
    """
    found: Select[int] | None = None
    for word in list(dict.fromkeys(word[:60] for word in fold(text).split()))[:8]:
        term = aliased(GameTerm)
        begun = select(term.game_id).where(term.term >= word, term.term < word + LAST)
        found = begun if found is None else begun.where((term.game_id + 0).in_(found))  # + 0: not by index
    return [] if found is None else [game_id.in_(found)]


def edition_with_code(code: str) -> Edition | None:
    """The edition that a scanned barcode or a typed SKU names, if there is one."""
    ean13, sku = clean_barcode(code), "".join(code.split()).upper()
    return db.session.scalar(select(Edition).where((Edition.ean13 == ean13) | (Edition.sku == sku)))


def publishers_named(text: str, *, limit: int) -> list[Publisher]:
    """Publishers of which a word begins with the text, in Ukrainian order."""
    folded = fold(text)
    rows = select(Publisher).order_by(Publisher.sort_key, Publisher.id)
    if not folded:
        return list(db.session.scalars(rows.limit(limit)))
    every = db.session.scalars(rows)  # a shop has some hundreds of them
    return [each for each in every if f" {folded}" in f" {fold(each.name)}"][:limit]
