"""Objects for the tests, made through the same operations as the shop's own."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import factory
import pytest
from sqlalchemy import update

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.catalog.operations import games
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.catalog.rules.states import GameState
from shop.db import db, transaction
from shop.errors import ShopError
from shop.stock import operations as stock
from shop.stock.models import Location

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
SYSTEM = Actor.command("Тести")
_keys = itertools.count(1)


class GameFactsFactory(factory.Factory[GameFacts]):
    """The facts of a plain game for two to four players."""

    class Meta:
        model = GameFacts

    title = factory.Sequence(lambda n: f"Гра {n}")
    min_players = 2
    max_players = 4
    min_minutes = 30
    max_minutes = 45
    min_age = 8


class EditionFactsFactory(factory.Factory[EditionFacts]):
    """A Ukrainian edition for 890 hryvnias."""

    class Meta:
        model = EditionFacts

    price = Decimal(890)
    cost = Decimal(500)


def key() -> str:
    """A fresh idempotency key."""
    return f"test-{next(_keys)}"


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[ShopError]]:
    """The shop refuses, with this code."""
    with pytest.raises(ShopError) as refusal:
        yield refusal
    assert refusal.value.code == code


def make_game(*editions: EditionFacts, state: GameState = GameState.ON_SALE, **facts: Any) -> Game:
    """A game in the database, with one edition unless others are given; its state is no deed of anybody."""
    with transaction():
        game = games.add_game(GameFactsFactory(**facts), editions or (EditionFactsFactory(),), actor=SYSTEM, at=AT)
        game_id = game.id
        db.session.execute(update(Game).where(Game.id == game_id).values(state=state))
    return db.session.get_one(Game, game_id)


def editions_of(game: Game) -> list[Edition]:
    """Its editions, the oldest first."""
    return list(db.session.scalars(db.select(Edition).where(Edition.game_id == game.id).order_by(Edition.id)))


def make_location(name: str = "Склад") -> Location:
    """A location in the database."""
    with transaction():
        location_id = stock.add_location(name, actor=SYSTEM, at=AT).id
    return db.session.get_one(Location, location_id)


def make_stock(edition: Edition, location: Location, quantity: int, unit_cost: Decimal | None = Decimal(500)) -> None:
    """Copies of an edition at a location, received."""
    with transaction():
        stock.receive(
            [stock.Line(edition.id, quantity, unit_cost)], location_id=location.id, key=key(), actor=SYSTEM, at=AT
        )
