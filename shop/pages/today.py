"""All that the staff's first page shows, in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, false, func, select, true

from shop.catalog.models import Game
from shop.catalog.queries.states import on_sale
from shop.db import reading
from shop.paging import bounded
from shop.stock.models import StockCheck, StockDay, StockDocument, StockLevel, StockTotal
from shop.stock.queries.boxes import waiting_box_count, waiting_boxes
from shop.stock.queries.levels import LOW, LevelFilter, counted_levels, level_rows
from shop.stock.rules import KYIV

NEW_DAYS = 7
BOXES = 3
"""So many unknown boxes are named on the page itself."""


@dataclass(frozen=True)
class DayFlow:
    """How many copies came and went on a day, transfers and their undoing apart."""

    day: date
    came: int
    went: int


@dataclass(frozen=True)
class TodayPage:
    """Numbers that lead to lists of what they count; what ran low last, what was booked last, the flow of days.

    `low_total`, `sold_out` and `new_games` are counted no further than 10 001. Rows of `low` are those of the list of
    levels; documents have id, kind, reference, reason, actor_name, occurred_at; the check has drifts, checked_at,
    levels, movements.
    `boxes` are those that wait longest of the `box_count` unknown ones.
    `low_since` is when the level moved last that runs low for the longest time.
    """

    low_total: int
    low: Sequence[Any]
    sold_out: int
    received_today: int
    new_games: int
    copies: int
    documents: Sequence[Any]
    flow: Sequence[DayFlow]
    check: Any | None
    low_since: datetime | None = None
    boxes: Sequence[Any] = ()
    box_count: int = 0


def today(*, day: date, days: int, limit: int) -> TodayPage:
    """The page for a day in Kyiv, with the flow of so many `days` up to it and lists of `limit` rows."""
    with reading() as connection:
        flow, received = _flow(connection, day, days)
        low, sold_out, new, copies, low_since, box_count = connection.execute(_numbers(day)).one()
        return TodayPage(
            low_total=low,
            low=connection.execute(_low(limit)).all(),
            sold_out=sold_out,
            received_today=received,
            new_games=new,
            copies=int(copies),
            documents=_documents(connection, limit),
            flow=flow,
            check=connection.execute(
                select(StockCheck.drifts, StockCheck.checked_at, StockCheck.levels, StockCheck.movements)
                .order_by(StockCheck.id.desc())
                .limit(1)
            ).first(),
            low_since=low_since,
            boxes=waiting_boxes(limit=BOXES, connection=connection) if box_count else (),
            box_count=box_count,
        )


def _numbers(day: date) -> Any:
    """What runs low, is sold out, is new, how many copies there are, and since when a level is low; one statement."""
    counted = (
        counted_levels(LevelFilter(state="low")),
        _shown_games().where(Game.in_stock == false(), Game.was_in_stock == true()),
        _shown_games().where(Game.created_at >= _new_since(day)),
    )
    copies = select(func.coalesce(func.sum(StockTotal.copies), 0)).scalar_subquery()
    oldest = select(StockLevel.last_moved_at).where(*LOW).order_by(StockLevel.last_moved_at, StockLevel.id).limit(1)
    boxes = waiting_box_count().scalar_subquery()
    return select(*(bounded(rows).scalar_subquery() for rows in counted), copies, oldest.scalar_subquery(), boxes)


def _new_since(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV) - timedelta(days=NEW_DAYS - 1)


def _shown_games() -> Any:
    return select(Game.id).where(on_sale())


def _low(limit: int) -> Any:
    """What ran low last."""
    newest = select(StockLevel.id).where(*LOW)
    newest = newest.order_by(StockLevel.last_moved_at.desc(), StockLevel.id.desc()).limit(limit)
    rows = level_rows().where(StockLevel.id.in_(newest.subquery().select()))
    return rows.order_by(StockLevel.last_moved_at.desc(), StockLevel.id.desc())


def _documents(connection: Connection, limit: int) -> Sequence[Any]:
    of = StockDocument
    rows = select(of.id, of.kind, of.reference, of.reason, of.actor_name, of.occurred_at)
    return connection.execute(rows.order_by(of.id.desc()).limit(limit)).all()


def _flow(connection: Connection, day: date, days: int) -> tuple[list[DayFlow], int]:
    """The flow of each day, and how many lines of deliveries came on the last one."""
    first = day - timedelta(days=days - 1)
    sums = func.sum(StockDay.came), func.sum(StockDay.went), func.sum(StockDay.receipts)
    rows = select(StockDay.day, *sums).where(StockDay.day >= first, StockDay.day <= day).group_by(StockDay.day)
    kept = {each: (int(came), int(went), int(receipts)) for each, came, went, receipts in connection.execute(rows)}
    dates = [first + timedelta(days=number) for number in range(days)]
    flow = [DayFlow(each, *kept.get(each, (0, 0, 0))[:2]) for each in dates]
    return flow, kept.get(day, (0, 0, 0))[2]
