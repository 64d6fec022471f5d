"""Whether a game is shown to the public, and what must be known of it before it is sold."""

from collections.abc import Collection
from typing import Any

from shop.errors import N_
from shop.words import Worded


class GameState(Worded):
    """A game is made as a draft, goes on sale when all that is needed is known, and may be hidden and shown again."""

    DRAFT = "draft", N_("draft")
    ON_SALE = "on_sale", N_("on sale")
    HIDDEN = "hidden", N_("hidden")


class Missing(Worded):
    """What a game lacks to be sold; the value is the field of its form."""

    EDITIONS = "editions", N_("an edition with a price")
    PLAYERS = "min_players", N_("the number of players")  # asked for first of all, and drawn on the cover
    AGE = "min_age", N_("the age from which it is played")


def missing(game: Any, prices: Collection[Any]) -> list[Missing]:
    """What is not known of a game yet; `prices` are those of its editions that are on sale.

    `game` has the facts of one: the facts themselves or a row of them.
    """
    known = {
        Missing.EDITIONS: bool(prices),
        Missing.PLAYERS: game.min_players is not None and game.max_players is not None,
        Missing.AGE: game.min_age is not None,
    }
    return [each for each, is_known in known.items() if not is_known]
