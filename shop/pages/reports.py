"""What was held on a day, and what it was worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from shop.catalog.models import Edition, Game
from shop.db import reading
from shop.stock.models import StockLevel, StockMovement


@dataclass(frozen=True)
class Holding:
    """So many copies of an edition at a moment, and what they cost, None for those who may not see it."""

    title: str
    sku: str
    edition_id: int
    on_hand: int
    value: Decimal | None


@dataclass(frozen=True)
class Holdings:
    """All copies at a moment: one page of editions, and the sums over all of them."""

    rows: Sequence[Holding]
    editions: int
    copies: int
    value: Decimal | None


def holdings(
    *, until: datetime, with_cost: bool = False, location_id: int | None = None, page: int = 1, per_page: int = 100
) -> Holdings:
    """What was held just before a moment and what it had cost, the most valuable first.

    Without the cost the most copies come first: the order would tell what may not be seen.
    """
    quantity, value = func.sum(StockMovement.quantity), func.sum(StockMovement.value)
    sums = (
        select(StockLevel.edition_id, quantity.label("on_hand"), *([value.label("value")] if with_cost else []))
        .join(StockLevel, StockLevel.id == StockMovement.level_id)
        .where(StockMovement.occurred_at < until)
        .group_by(StockLevel.edition_id)
        .having(quantity != 0)
    )
    if location_id is not None:
        sums = sums.where(StockLevel.location_id == location_id)
    held = sums.subquery()
    cost = [held.c.value] if with_cost else []
    rows = (
        select(Game.title, Edition.sku, held.c.edition_id, held.c.on_hand, *cost)
        .join(Edition, Edition.id == held.c.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .order_by(*(column.desc() for column in (cost or [held.c.on_hand])), held.c.edition_id)
        .limit(per_page)
        .offset((max(page, 1) - 1) * per_page)
    )
    with reading() as connection:
        in_all = connection.execute(
            select(func.count(), func.sum(held.c.on_hand), *(func.sum(column) for column in cost))
        ).one()
        listed = [
            Holding(row.title, row.sku, row.edition_id, int(row.on_hand), row.value if with_cost else None)
            for row in connection.execute(rows)
        ]
    worth = (in_all[2] or Decimal(0)) if with_cost else None
    return Holdings(listed, in_all[0], int(in_all[1] or 0), worth)
