"""What was held on a day, and what it was worth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from shop.catalog.models import Edition, Game
from shop.db import reading
from shop.paging import MOST, Page, Place, page_of, streamed
from shop.stock.models import StockLevel, StockMovement


@dataclass(frozen=True)
class Holdings:
    """All copies at a moment: one page of editions, and the sums over all of them.

    Rows have title, sku, edition_id, on_hand, and value where it may be seen: what they cost.
    """

    page: Page[Any]
    editions: int
    copies: int
    value: Decimal | None


def holdings(
    *,
    until: datetime,
    with_cost: bool = False,
    location_id: int | None = None,
    place: Place,
    size: int = 100,
) -> Holdings:
    """What was held just before a moment and what it had cost, the most valuable first.

    Without the cost the most copies come first: the order would tell what may not be seen.
    """
    held, cost = _held(until=until, with_cost=with_cost, location_id=location_id)
    in_all = select(func.count(), func.sum(held.c.on_hand), *(func.sum(column) for column in cost))
    with reading() as connection:
        editions, copies, *worth = connection.execute(in_all).one()
        total = min(editions, MOST + 1)
        rows, order = _listed(held, cost), _order(held, cost)
        page = page_of(rows, order=order, place=place, size=size, total=total, connection=connection)
    return Holdings(page, editions, int(copies or 0), (worth[0] or Decimal(0)) if with_cost else None)


def exported_holdings(*, until: datetime, with_cost: bool = False, location_id: int | None = None) -> Iterator[Any]:
    """All that `holdings` lists on its pages, as the same rows in the same order."""
    held, cost = _held(until=until, with_cost=with_cost, location_id=location_id)
    return streamed(_listed(held, cost), _order(held, cost))


def _held(*, until: datetime, with_cost: bool, location_id: int | None) -> tuple[Any, list[Any]]:
    """The sums of each edition, and the column of their cost, if it is wanted."""
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
    return held, [held.c.value] if with_cost else []


def _listed(held: Any, cost: list[Any]) -> Any:
    return (
        select(Game.title, Edition.sku, held.c.edition_id, held.c.on_hand, *cost)
        .join(Edition, Edition.id == held.c.edition_id)
        .join(Game, Game.id == Edition.game_id)
    )


def _order(held: Any, cost: list[Any]) -> list[tuple[Any, bool]]:
    return [(cost[0] if cost else held.c.on_hand, True), (held.c.edition_id, True)]
