"""Whether the books agree: every number that is kept, computed anew from the movements; and the last verification."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Subquery, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from shop.audit.rules import plain
from shop.catalog.models import Edition, Game
from shop.db import reading
from shop.errors import N_
from shop.stock.models import (
    Allocation,
    Hold,
    OlderStock,
    StockCheck,
    StockDay,
    StockDocument,
    StockLevel,
    StockMovement,
    StockTotal,
)
from shop.stock.rules import MOVEMENTS_OF, TRANSFERS, MovementKind, trading_day

MOST_DRIFTS = 100
ABOVE_NOTHING = N_("0 or more, and 0 of nothing")
ANOTHER, THE_SAME = N_("another"), N_("the same")
ONE_OR_MORE = N_("1 or more")


@dataclass(frozen=True)
class Drift:
    """A number that isn't what it should be: which row, which column, what it says and what the movements say.

    `row` is the table and the id, `game#7`; `column` may name another row, `value#7`.
    """

    row: str
    column: str
    stored: object
    computed: object

    def __str__(self) -> str:
        return f"{self.row}.{self.column}: {self.stored} is stored, {self.computed} is computed"

    def kept(self) -> str:
        """The drift as one text, out of which `drift_of` makes it again."""
        return json.dumps([self.row, self.column, plain(self.stored), plain(self.computed)], ensure_ascii=False)[:500]


def drift_of(kept: str) -> Drift | None:
    """The drift that was kept, money and moments as text; None out of anything else."""
    try:
        row, name, stored, computed = json.loads(kept)
    except (TypeError, ValueError):
        return None
    return Drift(row, name, stored, computed)


def latest_check() -> Row[Any] | None:
    """The last verification: id, checked_at, levels, movements, drifts, first_drift."""
    newest = select(*StockCheck.__table__.c).order_by(StockCheck.id.desc()).limit(1)
    with reading() as connection:
        return connection.execute(newest).first()


def counts(connection: Connection) -> tuple[int, int]:
    """How many levels and movements there are."""
    counted = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in (StockLevel, StockMovement)]
    return counted[0], counted[1]


def drifts(connection: Connection) -> list[Drift]:
    """What differs from the movements, on a connection that sees one moment; at most 100."""
    return list(islice(_drifts(connection), MOST_DRIFTS))


def _drifts(connection: Connection) -> Iterator[Drift]:
    for check in (_levels, _histories, _reversals, _undone_whole, _transfers, _documents, _totals, _days, _games):
        yield from check(connection)


def _compared(name: str, row: Row[Any], columns: Sequence[str]) -> Iterator[Drift]:
    """The columns of a row that differ from their namesakes with an underscore."""
    for column in columns:
        stored, computed = getattr(row, column), getattr(row, f"{column}_")
        if stored != computed:
            yield Drift(name, column, stored, computed)


def _levels(connection: Connection) -> Iterator[Drift]:
    """Σ movements = on hand and worth, which is never below zero; Σ allocations = allocated, Σ holds = held."""
    of = StockMovement
    sums = (
        select(
            of.level_id,
            func.sum(of.quantity).label("on_hand_"),
            func.sum(of.value).label("value_"),
            func.max(of.occurred_at).label("last_moved_at_"),
        )
        .group_by(of.level_id)
        .subquery()
    )
    on_hand, value = func.coalesce(sums.c.on_hand_, 0), func.coalesce(sums.c.value_, 0)
    last = func.coalesce(StockLevel.last_moved_at, sums.c.last_moved_at_)
    promised, waiting = _claims(Allocation), _claims(Hold)
    allocated, held = func.coalesce(promised.c.copies, 0), func.coalesce(waiting.c.copies, 0)
    differs = or_(
        StockLevel.on_hand != on_hand,
        StockLevel.value != value,
        StockLevel.allocated != allocated,
        StockLevel.held != held,
        last != sums.c.last_moved_at_,
    )
    rows = (
        select(
            StockLevel.id,
            *(StockLevel.on_hand, StockLevel.value, StockLevel.allocated, StockLevel.held),
            last.label("last_moved_at"),
            on_hand.label("on_hand_"),
            value.label("value_"),
            allocated.label("allocated_"),
            held.label("held_"),
            sums.c.last_moved_at_,
        )
        .outerjoin(sums, sums.c.level_id == StockLevel.id)
        .outerjoin(promised, promised.c.level_id == StockLevel.id)
        .outerjoin(waiting, waiting.c.level_id == StockLevel.id)
        .where(differs)
        .order_by(StockLevel.id)
    )
    columns = ("on_hand", "value", "allocated", "held", "last_moved_at")
    for row in connection.execute(rows):
        yield from _compared(f"stock_level#{row.id}", row, columns)


def _claims(table: type[Allocation] | type[Hold]) -> Subquery:
    """How many copies of each level are claimed by the rows of a table."""
    return select(table.level_id, func.sum(table.quantity).label("copies")).group_by(table.level_id).subquery()


def _histories(connection: Connection) -> Iterator[Drift]:
    """Each movement of a level: its balance is the sum up to it, its worth holds, its time is not before the last.

    Older rules took the time of the clock, so what was booked under them is not held to the last.
    """
    of: Any = StockMovement
    running: Any = {"partition_by": StockMovement.level_id, "order_by": StockMovement.id}
    told = select(
        of.id,
        of.balance_after,
        of.occurred_at,
        func.sum(of.quantity).over(**running, rows=(None, 0)).label("balance_after_"),
        func.sum(of.value).over(**running, rows=(None, 0)).label("value"),
        case((of.id > _older(), func.lag(of.occurred_at, type_=of.occurred_at.type).over(**running)), else_=None).label(
            "before"
        ),
    ).subquery()
    false_worth = or_(told.c.value < 0, and_(told.c.balance_after_ == 0, told.c.value != 0))
    wrong = or_(told.c.balance_after != told.c.balance_after_, false_worth, told.c.occurred_at < told.c.before)
    for row in connection.execute(select(told).where(wrong).order_by(told.c.id)):
        name = f"stock_movement#{row.id}"
        yield from _compared(name, row, ("balance_after",))
        if row.value < 0 or (row.balance_after_ == 0 and row.value):
            yield Drift(name, "worth_after", row.value, ABOVE_NOTHING)
        if row.before is not None and row.occurred_at < row.before:
            yield Drift(name, "not_before", row.occurred_at, row.before)


def _reversals(connection: Connection) -> Iterator[Drift]:
    """Each movement that takes another one back mirrors it, on the same level.

    Under older rules it took no more worth than the level had, and the last copies took all of it.
    """
    back, wrong = StockMovement, aliased(StockMovement)
    other_worth = and_(back.id > _older(), back.value != -wrong.value)
    rows: Any = (
        select(
            *(back.id, back.quantity, back.value, back.level_id),
            (-wrong.quantity).label("quantity_"),
            (-wrong.value).label("value_"),
            wrong.level_id.label("level_id_"),
        )
        .join(wrong, wrong.id == back.reverses_id)
        .where(or_(back.quantity != -wrong.quantity, other_worth, back.level_id != wrong.level_id))
        .order_by(back.id)
    )
    for row in connection.execute(rows):
        yield from _compared(f"stock_movement#{row.id}", row, ("quantity", "value", "level_id"))


def _older() -> ColumnElement[int]:
    """The last movement that was booked under older rules."""
    return func.coalesce(select(OlderStock.last_movement_id).scalar_subquery(), 0)


def _undone_whole(connection: Connection) -> Iterator[Drift]:
    """A document that takes another one back takes back each of its movements."""
    back, wrong, undone = aliased(StockDocument), aliased(StockMovement), aliased(StockMovement)
    rows: Any = (
        select(back.id, func.count(wrong.id).label("lines_"), func.count(undone.id).label("lines"))
        .join(wrong, wrong.document_id == back.reverses_id)
        .outerjoin(undone, and_(undone.reverses_id == wrong.id, undone.document_id == back.id))
        .group_by(back.id)
        .having(func.count(wrong.id) != func.count(undone.id))
        .order_by(back.id)
    )
    for row in connection.execute(rows):
        yield from _compared(f"stock_document#{row.id}", row, ("lines",))


def _transfers(connection: Connection) -> Iterator[Drift]:
    """What a transfer takes out of one place comes in at the other, copies and worth."""
    quantity, value = func.sum(StockMovement.quantity), func.sum(StockMovement.value)
    rows = (
        select(StockMovement.document_id, StockLevel.edition_id, quantity.label("copies"), value.label("value"))
        .join(StockLevel, StockLevel.id == StockMovement.level_id)
        .where(StockMovement.kind.in_(TRANSFERS))
        .group_by(StockMovement.document_id, StockLevel.edition_id)
        .having(or_(quantity != 0, value != 0))
        .order_by(StockMovement.document_id)
    )
    for row in connection.execute(rows):
        name = f"stock_document#{row.document_id}"
        if row.copies:
            yield Drift(name, f"copies#{row.edition_id}", row.copies, 0)
        if row.value:
            yield Drift(name, f"value#{row.edition_id}", row.value, 0)


def _documents(connection: Connection) -> Iterator[Drift]:
    """A document and its movements tell of one deed: its kind, its time, its doer; none is without movements."""
    document, movement = StockDocument, StockMovement
    kinds = or_(*(and_(document.kind == kind, movement.kind.in_(of)) for kind, of in MOVEMENTS_OF.items()))
    same_doer = and_(movement.actor_kind == document.actor_kind, movement.actor_name == document.actor_name)
    same_id = func.coalesce(movement.actor_id, 0) == func.coalesce(document.actor_id, 0)
    agrees = and_(kinds, movement.occurred_at == document.occurred_at, same_doer, same_id)
    rows: Any = (
        select(movement.id, movement.document_id)
        .join(document, document.id == movement.document_id)
        .where(~agrees)
        .order_by(movement.id)
    )
    for row in connection.execute(rows):
        yield Drift(f"stock_movement#{row.id}", f"deed#{row.document_id}", ANOTHER, THE_SAME)
    moved = select(movement.document_id).distinct().subquery()
    empty = (
        select(document.id).outerjoin(moved, moved.c.document_id == document.id).where(moved.c.document_id.is_(None))
    )
    for row in connection.execute(empty.order_by(document.id)):
        yield Drift(f"stock_document#{row.id}", "movements", 0, ONE_OR_MORE)


def _totals(connection: Connection) -> Iterator[Drift]:
    """The totals of locations are the sums of their levels."""
    held = case((StockLevel.on_hand > 0, 1), else_=0)
    sums = select(
        StockLevel.location_id, func.sum(StockLevel.on_hand), func.sum(held), func.sum(StockLevel.value)
    ).group_by(StockLevel.location_id)
    kept = select(StockTotal.location_id, StockTotal.copies, StockTotal.editions, StockTotal.value)
    computed = {(place,): tuple(rest) for place, *rest in connection.execute(sums)}
    stored = {(place,): tuple(rest) for place, *rest in connection.execute(kept)}
    yield from _kept("stock_total", ("copies", "editions", "value"), stored, computed)


def _days(connection: Connection) -> Iterator[Drift]:
    """What came and went each day is the sum of its movements."""
    computed: dict[tuple[date, int], tuple[int, int, int]] = {}
    for hour, place, *counted in connection.execute(_hours(connection)):
        day = trading_day(datetime.fromisoformat(f"{hour}:00:00+00:00"))
        so_far = computed.get((day, place), (0, 0, 0))
        computed[day, place] = (so_far[0] + int(counted[0]), so_far[1] + int(counted[1]), so_far[2] + int(counted[2]))
    kept = select(StockDay.day, StockDay.location_id, StockDay.came, StockDay.went, StockDay.receipts)
    stored = {(day, place): tuple(rest) for day, place, *rest in connection.execute(kept)}
    yield from _kept("stock_day", ("came", "went", "receipts"), stored, computed)


def _kept(
    table: str,
    columns: Sequence[str],
    stored: Mapping[tuple[Any, ...], tuple[Any, ...]],
    computed: Mapping[tuple[Any, ...], tuple[Any, ...]],
) -> Iterator[Drift]:
    """Where sums that are kept differ from those that were computed; a row that isn't there holds nothing."""
    nothing = (0,) * len(columns)
    for key in sorted(computed.keys() | stored.keys()):
        name = f"{table}#{'/'.join(map(str, key))}"
        pairs = zip(columns, stored.get(key, nothing), computed.get(key, nothing), strict=True)
        yield from (Drift(name, column, kept, right) for column, kept, right in pairs if kept != right)


def _hours(connection: Connection) -> Select[Any]:
    """Movements by the hour in UTC: Kyiv is whole hours away from it, and SQLite knows no zones."""
    at, undone = StockMovement.occurred_at, aliased(StockMovement)
    if connection.dialect.name == "postgresql":
        hour: Any = func.to_char(func.timezone("UTC", at), "YYYY-MM-DD HH24")
    else:
        hour = func.strftime("%Y-%m-%d %H", at)
    apart = func.coalesce(undone.kind, StockMovement.kind).in_(TRANSFERS)
    quantity = case((apart, 0), else_=StockMovement.quantity)
    return (
        select(
            hour.label("hour"),
            StockLevel.location_id,
            func.sum(case((quantity > 0, quantity), else_=0)),
            func.sum(case((quantity < 0, -quantity), else_=0)),
            func.sum(case((StockMovement.kind == MovementKind.RECEIPT, 1), else_=0)),
        )
        .select_from(StockMovement)
        .join(StockLevel, StockLevel.id == StockMovement.level_id)
        .outerjoin(undone, undone.id == StockMovement.reverses_id)
        .group_by("hour", StockLevel.location_id)
    )


def _games(connection: Connection) -> Iterator[Drift]:
    """What games repeat of their editions: whether a copy can be promised, and the lowest price."""
    free = StockLevel.on_hand - StockLevel.allocated - StockLevel.held
    stocked = (
        select(Edition.game_id)
        .join(StockLevel, StockLevel.edition_id == Edition.id)
        .where(Edition.archived_at.is_(None), free > 0)
        .distinct()
        .subquery()
    )
    in_stock = stocked.c.game_id.is_not(None)
    rows: Any = (
        select(Game.id, Game.in_stock, in_stock.label("in_stock_"))
        .outerjoin(stocked, stocked.c.game_id == Game.id)
        .where(and_(Game.in_stock == true(), ~in_stock) | and_(Game.in_stock != true(), in_stock))
        .order_by(Game.id)
    )
    for row in connection.execute(rows):
        yield Drift(f"game#{row.id}", "in_stock", row.in_stock, bool(row.in_stock_))
    for row in connection.execute(_lowest_prices()):
        yield from _compared(f"game#{row.id}", row, ("price_from",))


def _lowest_prices() -> Select[Any]:
    lowest = (
        select(Edition.game_id, func.min(Edition.price).label("price_from_"))
        .where(Edition.archived_at.is_(None))
        .group_by(Edition.game_id)
        .subquery()
    )
    return (
        select(Game.id, Game.price_from, lowest.c.price_from_)
        .outerjoin(lowest, lowest.c.game_id == Game.id)
        .where(func.coalesce(Game.price_from, 0) != func.coalesce(lowest.c.price_from_, 0))
        .order_by(Game.id)
    )
