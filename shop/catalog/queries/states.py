"""Which games are on sale and which are hidden, as conditions that the indexes of shown games are made for."""

from typing import Any

from sqlalchemy import ColumnElement, literal_column

from shop.catalog.models import Game
from shop.catalog.rules.states import GameState


def on_sale(game: Any = Game) -> ColumnElement[bool]:
    """The game is on sale: the public sees it. Its state is written into the statement, as in the partial indexes."""
    return in_state(GameState.ON_SALE, game)


def not_hidden(game: Any = Game) -> ColumnElement[bool]:
    """The game is on sale or a draft: the staff work with it."""
    return ~in_state(GameState.HIDDEN, game)


def in_state(state: GameState, game: Any = Game) -> ColumnElement[bool]:
    """The game is in this state."""
    condition: ColumnElement[bool] = game.state == literal_column(f"'{state.value}'")
    return condition
