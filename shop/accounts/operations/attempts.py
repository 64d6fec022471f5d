"""Counting tries of a password, across workers and restarts: each is counted before it is known to be wrong.

Whoever calls makes the keys: hashes, of a person together with a place, and of a place alone.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.delays import FORGOTTEN_AFTER, FREE_TRIES, FREE_TRIES_OF_ADDRESS, delay_after
from shop.accounts.models import AttemptCount
from shop.db import db

_SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Tries:
    """What the tries of somebody are counted under: the person together with the place, and the place alone.

    A browser in which the person has signed in before is a place of its own, and belongs to no `address`.
    """

    person: str
    address: str | None

    @property
    def free(self) -> dict[str, int]:
        """How many tries wait for nothing, by key."""
        own = {self.person: FREE_TRIES}
        return own if self.address is None else own | {self.address: FREE_TRIES_OF_ADDRESS}


def count_try(tries: Tries, *, at: datetime) -> int:
    """Count one try, or say how many seconds it has to wait instead: 0 when it may be made.

    A try that has to wait is not counted, so that waiting helps.
    """
    _sweep(at)
    rows = _held_rows(tries, at)
    waits = [row.closed_until - at for row in rows.values() if row.closed_until and row.closed_until > at]
    if waits:
        return math.ceil(max(waits).total_seconds())
    for row in rows.values():
        row.count = 1 if row.last_at < at - FORGOTTEN_AFTER else row.count + 1
        row.last_at = at
        _close(row, tries)
    db.session.flush()
    return 0


def forgive(tries: Tries, *, at: datetime) -> None:
    """A try was right: the person's count begins anew, that of the address loses this try."""
    for row in _held_rows(tries, at).values():
        row.count = 0 if row.key == tries.person else max(row.count - 1, 0)
        _close(row, tries)
    db.session.flush()


def _close(row: AttemptCount, tries: Tries) -> None:
    delay = delay_after(row.count, free=tries.free[row.key])
    row.closed_until = None if delay is None else row.last_at + delay


def _held_rows(tries: Tries, at: datetime) -> dict[str, AttemptCount]:
    """The rows of the keys, made where they are missing, and held in the order of the keys."""
    keys = sorted(tries.free)
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = insert(AttemptCount).values([{"key": key, "count": 0, "last_at": at} for key in keys])
    # an UPDATE that changes nothing holds the row: it can't be swept away between this and the next statement
    db.session.execute(fresh.on_conflict_do_update(index_elements=["key"], set_={"key": fresh.excluded.key}))
    held = select(AttemptCount).where(AttemptCount.key.in_(keys)).order_by(AttemptCount.key).with_for_update()
    rows = db.session.scalars(held, execution_options={"populate_existing": True})
    return {row.key: row for row in rows}


def _sweep(at: datetime) -> None:
    """Throw away some counts that nobody has added to for long; those that somebody holds are left for later."""
    old = select(AttemptCount.key).where(AttemptCount.last_at < at - 2 * FORGOTTEN_AFTER)
    some = old.limit(_SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    swept = delete(AttemptCount).where(AttemptCount.key.in_(some))
    db.session.execute(swept.execution_options(synchronize_session=False))
