"""What deeds over many rows cost, and how long they hold other writers up."""

import threading
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Flask, current_app

from bench.shops import BENCH
from shop.catalog.operations import publishers
from shop.db import db, in_transaction

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


def measured(*, games: int) -> list[tuple[str, ...]]:
    """The table's rows."""
    taken, waited = beside(lambda: current_app.test_cli_runner().invoke(args=["stock", "verify"]))
    return [("`flask stock verify`, seconds", f"{taken:.1f}", "", f"another writer waited {waited:.2f} s at most")]
