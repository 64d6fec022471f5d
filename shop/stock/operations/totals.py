"""What many pages sum: copies and worth of a location, and what came and went on each of its days; kept by bookings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy.dialects import postgresql, sqlite

from shop.db import at_the_end, db
from shop.stock.models import StockDay, StockTotal
from shop.stock.operations.levels import HeldLevel
from shop.stock.rules import TRANSFERS, MovementKind, trading_day


class Made(Protocol):
    """A movement as the totals count it: with its level."""

    @property
    def booking(self) -> Any:
        """Kind, quantity, and the kind that it takes back."""
        ...


@dataclass
class _Flow:
    came: int = 0
    went: int = 0
    receipts: int = 0


def add_to_totals(
    made: Sequence[tuple[HeldLevel, Made]],
    held: Sequence[HeldLevel],
    after: Mapping[int, HeldLevel],
    document_id: int,
    *,
    at: datetime,
) -> None:
    """Count a document in. The rows are written at the end of the transaction: all bookings of a place write them."""
    totals, flows = _changes(held, after), _flows(made)
    at_the_end(f"stock:{document_id:012}", lambda: _write(totals, flows, at=at))


def _changes(held: Sequence[HeldLevel], after: Mapping[int, HeldLevel]) -> dict[int, dict[str, Any]]:
    totals: dict[int, dict[str, Any]] = {}
    for level in held:
        now = after[level.id]
        total = totals.setdefault(level.location_id, {"copies": 0, "editions": 0, "value": Decimal(0)})
        total["copies"] += now.on_hand - level.on_hand
        total["editions"] += (now.on_hand > 0) - (level.on_hand > 0)
        total["value"] += now.value - level.value
    return totals


def _flows(made: Sequence[tuple[HeldLevel, Made]]) -> dict[int, _Flow]:
    flows: dict[int, _Flow] = defaultdict(_Flow)
    for level, each in made:
        booking = each.booking
        flow = flows[level.location_id]
        flow.receipts += booking.kind is MovementKind.RECEIPT
        if (booking.undoes or booking.kind) not in TRANSFERS:
            flow.came += max(booking.quantity, 0)
            flow.went += max(-booking.quantity, 0)
    return flows


def _write(totals: Mapping[int, Mapping[str, Any]], flows: Mapping[int, _Flow], *, at: datetime) -> None:
    _add(StockTotal, [{"location_id": place} | dict(total) for place, total in sorted(totals.items())])
    day = trading_day(at)
    counted = [
        {"location_id": place, "day": day, "came": flow.came, "went": flow.went, "receipts": flow.receipts}
        for place, flow in sorted(flows.items())
    ]
    _add(StockDay, counted)


def _add(table: type[StockTotal] | type[StockDay], rows: list[dict[str, Any]]) -> None:
    """Add to the rows, made where they are missing; in ascending location, so that nobody deadlocks."""
    kind = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    new = kind.insert(table).values(rows)
    keys = [column.name for column in table.__table__.primary_key]
    sums = {column.name: column + new.excluded[column.name] for column in table.__table__.c if column.name not in keys}
    db.session.execute(new.on_conflict_do_update(index_elements=keys, set_=sums))
