"""Migration 0017: games that were there are on sale, hidden ones stay hidden, and a draft goes back as a hidden one."""

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from shop.catalog.rules.states import GameState
from shop.db import db
from tests.factories import editions_of, make_game, make_location, make_stock


def _rows(*columns: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        text = f"SELECT {', '.join(columns)} FROM game ORDER BY id"  # noqa: S608  # our own names
        return [tuple(row) for row in connection.execute(sa.text(text))]


def test_games_go_there_and_back(app: Flask) -> None:
    make_stock(editions_of(make_game(title="А"))[0], make_location(), 1)
    for state in GameState:
        make_game(title=state, state=state)
    db.session.remove()
    downgrade(revision="0016")
    assert [row[0] is None for row in _rows("archived_at")] == [True, False, True, False]
    upgrade()
    assert _rows("state") == [("on_sale",), ("hidden",), ("on_sale",), ("hidden",)]
    assert [bool(row[0]) for row in _rows("was_in_stock")] == [True, False, False, False]
