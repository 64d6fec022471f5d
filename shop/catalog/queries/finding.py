"""Finding games by the beginnings of words, in any case of letters and with any apostrophe."""

from typing import Any

from sqlalchemy import ColumnElement, select

from shop.catalog.models import Edition, Game, GameTerm, Publisher
from shop.catalog.rules.editions import clean_barcode
from shop.catalog.rules.spelling import fold
from shop.db import db

LAST = "\U0010ffff"  # sorts after every letter


def found_by(text: str, game_id: Any = Game.id) -> list[ColumnElement[bool]]:
    """The conditions under which a game has, for every word of the text, a word that begins with it."""
    words = dict.fromkeys(word[:60] for word in fold(text).split())
    return [
        game_id.in_(select(GameTerm.game_id).where(GameTerm.term >= word, GameTerm.term < word + LAST))
        for word in list(words)[:8]
    ]


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
