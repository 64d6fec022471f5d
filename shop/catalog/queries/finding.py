"""Finding games by the beginnings of words, in any case of letters and with any apostrophe."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from shop.catalog.models import Game, GameTerm
from shop.catalog.rules.spelling import fold

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
