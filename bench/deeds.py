"""What deeds over many rows cost, and how long they hold other writers up."""

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from flask import Flask, current_app
from sqlalchemy import select

from bench.shops import BENCH
from shop.catalog.models import Edition, Game
from shop.catalog.operations import publishers
from shop.catalog.operations.games import add_game, change_game
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.operations.publishing import hide_games, publish_games
from shop.catalog.queries.editions import editions_of
from shop.catalog.rules.editions import Language
from shop.catalog.rules.facts import EditionFacts, GameFacts, stored_facts
from shop.catalog.rules.prices import Rounding
from shop.db import db, in_transaction
from shop.stock import operations as stock
from tests.statements import counted

PRICES = 5_000
LINES = 200


@dataclass
class Waiting:
    """Another writer, who adds a publisher again and again while something large is done."""

    app: Flask
    waits: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        """Until told to stop; each wait in seconds."""
        with self.app.app_context():
            number = 0
            while not self.stop.is_set():
                number += 1
                name = f"Чекає {time.time_ns()} {number}"
                begun = time.perf_counter()
                in_transaction(lambda name=name: publishers.add_publisher(name, actor=BENCH, at=datetime.now(UTC)))
                self.waits.append(time.perf_counter() - begun)
                time.sleep(0.02)
            db.session.remove()


def beside(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a deed takes, and the longest wait of another writer meanwhile."""
    waiting = Waiting(current_app._get_current_object())
    thread = threading.Thread(target=Context().run, args=(waiting.write,))
    thread.start()
    time.sleep(0.2)
    begun = time.perf_counter()
    deed()
    taken = time.perf_counter() - begun
    waiting.stop.set()
    thread.join()
    return taken, max(waiting.waits)


def measured() -> list[tuple[str, ...]]:
    """The table's rows."""
    return [*_prices(), _hidden(), *_receipt(), _saved_game(), _verified()]


def _prices() -> Iterator[tuple[str, ...]]:
    rows = select(Edition.id, Edition.price).order_by(Edition.id).limit(PRICES)
    seen = {each.id: each.price for each in db.session.execute(rows)}
    batches: list[int] = []

    def change() -> None:
        change: dict[str, Any] = {"percent": Decimal(7), "rounding": Rounding.HRYVNIA, "reason": "курс"}
        batches.append(_done(lambda: reprice(seen, **change, key=str(uuid4()), **_now()).id))

    yield _row(f"{len(seen):,} prices changed, seconds", change, goal="≤ 3")
    undo: dict[str, Any] = {"reason": "помилка", "key": str(uuid4())}
    put_back = f"{len(seen):,} prices put back, seconds"
    yield _row(put_back, lambda: _done(lambda: undo_batch(batches[0], **undo, **_now()).id), goal="≤ 3")


def _hidden() -> tuple[str, ...]:
    ids = db.session.scalars(select(Game.id).order_by(Game.id.desc()).limit(PRICES)).all()
    row = _row(f"{len(ids):,} games hidden, seconds", lambda: _done(lambda: len(hide_games(ids, **_now()))), "≤ 3")
    _done(lambda: len(publish_games(ids, **_now())))
    return row


def _receipt() -> Iterator[tuple[str, ...]]:
    ids = db.session.scalars(select(Edition.id).order_by(Edition.id).limit(LINES)).all()
    lines = [stock.Line(each, 3, Decimal(100)) for each in ids]
    with counted() as statements:
        begun = time.perf_counter()
        _done(lambda: stock.receive(lines, location_id=1, key=str(uuid4()), **_now()).id)
        taken = time.perf_counter() - begun
    yield (f"a receipt of {LINES} lines, statements", str(len(statements)), "≤ 40", "")
    yield (f"a receipt of {LINES} lines, seconds", f"{taken:.2f}", "", "")


def _saved_game() -> tuple[str, ...]:
    facts = GameFacts(f"Три видання {time.time_ns()}")
    languages = (Language.UKRAINIAN, Language.ENGLISH, Language.INDEPENDENT)
    game_id = _done(lambda: add_game(facts, [EditionFacts(Decimal(500), each) for each in languages], **_now()).id)
    raised = [replace(stored_facts(each), price=Decimal(550)) for each in editions_of([game_id])[game_id]]
    with counted() as statements:
        _done(lambda: change_game(game_id, facts, raised, version=1, **_now()).id)
    return ("a game with 3 editions saved, statements", str(len(statements)), "≤ 8", "each with another price")


def _verified() -> tuple[str, ...]:
    return _row("`flask stock verify`, seconds", lambda: current_app.test_cli_runner().invoke(args=["stock", "verify"]))


def _row(name: str, deed: Callable[[], object], goal: str = "") -> tuple[str, ...]:
    taken, waited = beside(deed)
    return (name, f"{taken:.2f}", goal, f"another writer waited {waited:.2f} s at most (≤ 1)")


def _done(deed: Callable[[], int]) -> int:
    return in_transaction(deed)


def _now() -> dict[str, Any]:
    return {"actor": BENCH, "at": datetime.now(UTC)}
