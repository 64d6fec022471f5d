"""All that the staff's first page shows, in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from shop.catalog.models import Game
from shop.catalog.queries.games import games_added_since
from shop.db import db
from shop.stock.models import StockCheck, StockDocument, StockLevel
from shop.stock.queries.holdings import (
    DayFlow,
    daily_flow,
    latest_check,
    latest_documents,
)
from shop.stock.queries.lists import LevelFilter, MovementFilter, levels, movements
from shop.stock.rules import MovementKind


@dataclass(frozen=True)
class TodayPage:
    """Numbers that lead to lists of what they count; what runs low, what was booked last, the flow of days."""

    low_total: int
    low: Sequence[StockLevel]
    sold_out: int
    received_today: int
    new_games: int
    copies: int
    documents: Sequence[StockDocument]
    flow: Sequence[DayFlow]
    check: StockCheck | None


def today(*, starts: Sequence[datetime], limit: int) -> TodayPage:
    """The page for the day that `starts` ends with: beginnings of days, and the end of the last one."""
    begin = starts[-2]
    received = MovementFilter(kind=MovementKind.RECEIPT, since=begin)
    sold_out = select(func.count()).select_from(Game).where(Game.archived_at.is_(None), Game.in_stock.is_(False))
    low = levels(LevelFilter(state="low"), down=False, number=0, size=limit)
    return TodayPage(
        low_total=low.total,
        low=low.rows,
        sold_out=db.session.scalar(sold_out) or 0,
        received_today=movements(received, number=0, size=1).total,
        new_games=games_added_since(begin - timedelta(days=6)),
        copies=db.session.scalar(select(func.coalesce(func.sum(StockLevel.on_hand), 0))) or 0,
        documents=latest_documents(limit=limit),
        flow=daily_flow(starts),
        check=latest_check(),
    )
