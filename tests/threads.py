"""Several deeds at the same moment, each in a thread and a session of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from shop.db import db, transaction
from shop.errors import ShopError

Deed = Callable[[], object]


def all_at_once(app: Flask, deeds: Sequence[Deed]) -> list[str]:
    """Run each deed in a thread of its own; the codes of those that were refused."""
    barrier = Barrier(len(deeds))

    def attempt(deed: Deed) -> str:
        with app.app_context():
            db.session.execute(db.select(1))  # a query came before, as the loading of the signed-in person does
            barrier.wait()
            try:
                with transaction():
                    deed()
            except ShopError as refusal:
                return refusal.code
            finally:
                db.session.remove()
            return ""

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [code for code in threads.map(attempt, deeds) if code]
