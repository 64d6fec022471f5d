"""Recomputing every number of the stock from the movements, and remembering the outcome."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, case, func, literal, or_, select

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.stock.models import StockCheck, StockLevel, StockMovement


@dataclass(frozen=True)
class Drift:
    """A number that isn't what it should be: which row, which column, what it says and what the movements say."""

    row: str
    column: str
    stored: object
    computed: object

    def __str__(self) -> str:
        return f"{self.row}.{self.column}: {self.stored} is stored, {self.computed} is computed"


def verify(*, at: datetime) -> tuple[StockCheck, list[Drift]]:
    """Compare all that is stored with what the movements say; the outcome is kept with its time. At most 100 drifts."""
    drifts = []
    for drift in _drifts():
        drifts.append(drift)
        if len(drifts) == 100:
            break
    check = StockCheck(
        checked_at=at,
        levels=db.session.scalar(select(func.count()).select_from(StockLevel)),
        movements=db.session.scalar(select(func.count()).select_from(StockMovement)),
        drifts=len(drifts),
        first_drift=str(drifts[0])[:500] if drifts else "",
    )
    db.session.add(check)
    db.session.flush()
    return check, drifts


def _drifts() -> Iterator[Drift]:
    yield from _levels()
    yield from _balances()
    yield from _shown_games()


def _levels() -> Iterator[Drift]:
    """Σ movements = on hand and its worth. Nothing can be allocated or held yet: there are no orders and no carts."""
    sums = (
        select(
            StockMovement.level_id,
            func.sum(StockMovement.quantity).label("quantity"),
            func.sum(StockMovement.value).label("value"),
        )
        .group_by(StockMovement.level_id)
        .subquery()
    )
    on_hand, value = func.coalesce(sums.c.quantity, 0), func.coalesce(sums.c.value, 0)
    rows = (
        select(StockLevel, on_hand, value)
        .outerjoin(sums, sums.c.level_id == StockLevel.id)
        .where(
            or_(
                StockLevel.on_hand != on_hand,
                StockLevel.value != value,
                StockLevel.allocated != 0,
                StockLevel.held != 0,
            )
        )
        .order_by(StockLevel.id)
    )
    for level, quantity, worth in db.session.execute(rows):
        name = f"stock_level#{level.id}"
        stored_and_computed = {
            "on_hand": (level.on_hand, quantity),
            "value": (level.value, worth),
            "allocated": (level.allocated, 0),
            "held": (level.held, 0),
        }
        for column, (stored, computed) in stored_and_computed.items():
            if stored != computed:
                yield Drift(name, column, stored, computed)


def _balances() -> Iterator[Drift]:
    """Each movement's balance is the sum of its level's movements up to it."""
    running = func.sum(StockMovement.quantity).over(
        partition_by=StockMovement.level_id, order_by=StockMovement.id, rows=(None, 0)
    )
    summed = select(StockMovement.id, StockMovement.balance_after, running.label("running")).subquery()
    rows = select(summed).where(summed.c.balance_after != summed.c.running).order_by(summed.c.id)
    for movement_id, stored, computed in db.session.execute(rows):
        yield Drift(f"stock_movement#{movement_id}", "balance_after", stored, computed)


def _shown_games() -> Iterator[Drift]:
    """What games repeat of their editions: the lowest price, and whether a copy can be promised."""
    free = StockLevel.on_hand - StockLevel.allocated - StockLevel.held
    stocked = (
        select(Edition.game_id)
        .join(StockLevel, StockLevel.edition_id == Edition.id)
        .where(Edition.archived_at.is_(None), free > 0)
        .distinct()
        .subquery()
    )
    in_stock = case((stocked.c.game_id.is_not(None), literal(True)), else_=literal(False))
    rows = (
        select(Game.id, Game.in_stock, in_stock)
        .outerjoin(stocked, stocked.c.game_id == Game.id)
        .where(Game.in_stock != in_stock)
        .order_by(Game.id)
    )
    for game_id, stored, computed in db.session.execute(rows):
        yield Drift(f"game#{game_id}", "in_stock", stored, bool(computed))
    for game_id, stored, computed in db.session.execute(_lowest_prices()):
        yield Drift(f"game#{game_id}", "price_from", stored, computed)


def _lowest_prices() -> Select[int, Decimal | None, Decimal | None]:
    lowest = (
        select(Edition.game_id, func.min(Edition.price).label("price"))
        .where(Edition.archived_at.is_(None))
        .group_by(Edition.game_id)
        .subquery()
    )
    return (
        select(Game.id, Game.price_from, lowest.c.price)
        .outerjoin(lowest, lowest.c.game_id == Game.id)
        .where(func.coalesce(Game.price_from, 0) != func.coalesce(lowest.c.price, 0))
        .order_by(Game.id)
    )
