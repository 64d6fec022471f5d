"""Recomputing every number of the stock on a snapshot, and remembering the outcome."""

from datetime import datetime

from shop.db import db, snapshot, transaction
from shop.stock.models import StockCheck
from shop.stock.queries.checks import Drift, counts, drifts
from shop.versions import Published, raised


def verify(*, at: datetime) -> tuple[StockCheck, list[Drift]]:
    """Compare all that is kept with what the movements say; the outcome is kept with its time. At most 100 drifts.

    It reads what there is at one moment and holds nobody up; only the outcome is written, in a transaction of its own,
    so it can't be called inside another one.
    """
    with snapshot() as connection:
        levels, movements = counts(connection)
        found = drifts(connection)
    check = StockCheck(
        checked_at=at,
        levels=levels,
        movements=movements,
        drifts=len(found),
        first_drift=found[0].kept() if found else "",
    )
    with transaction():
        db.session.add(check)
        raised(Published.STOCK)
    return check, found
