"""Conditions by the state of a game, as the indexes need them."""

import pytest

from shop.catalog.models import Game
from shop.catalog.queries.states import in_state, not_hidden, on_sale
from shop.catalog.rules.states import GameState
from shop.db import db
from tests.factories import make_game

pytestmark = pytest.mark.usefixtures("app")


def test_games_are_found_by_their_state_and_the_state_stands_in_the_statement() -> None:
    for state in GameState:
        make_game(title=state.value, state=state)
    wanted = {on_sale(): ["on_sale"], not_hidden(): ["draft", "on_sale"], in_state(GameState.HIDDEN): ["hidden"]}
    for condition, titles in wanted.items():
        assert sorted(db.session.scalars(db.select(Game.title).where(condition))) == titles
        assert ":" not in str(condition)
