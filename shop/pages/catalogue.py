"""The page of the catalogue that the public sees: some games by a wish, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import joinedload, raiseload

from shop.catalog.models import Edition, Game
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.wishes import Sort, Wish
from shop.db import db

PER_PAGE = 24
LAST_PAGE = 100
MOST = PER_PAGE * LAST_PAGE
"""Games beyond these are neither counted nor paged to: nobody turns a hundred pages, and counting them all costs."""


@dataclass(frozen=True)
class CataloguePage:
    """Some games, how many there are of the kind (`more` when there are more than could be counted), and the page."""

    games: Sequence[Game]
    editions: dict[int, int]
    total: int
    more: bool
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are to turn."""
        return max(-(-self.total // PER_PAGE), 1)


def catalogue_page(wish: Wish, *, number: int) -> CataloguePage:
    """One page of visible games, those in stock first. At most six statements, however many games there are."""
    wanted = conditions(replace(wish, available=None))
    stocked = [*wanted, Game.in_stock == true()]
    absent = [*wanted, Game.in_stock == false()]
    in_stock, out = _counts(stocked, absent)
    out = 0 if wish.available else out
    total = min(in_stock + out, MOST)
    number = min(number, max(-(-total // PER_PAGE), 1))
    first = (number - 1) * PER_PAGE
    ids = _ids(stocked, wish.sort, first, PER_PAGE) if first < in_stock else []
    if len(ids) < PER_PAGE and out:
        ids += _ids(absent, wish.sort, max(first - in_stock, 0), PER_PAGE - len(ids))
    rows = select(Game).where(Game.id.in_(ids)).options(joinedload(Game.publisher), raiseload("*"))
    games = {game.id: game for game in db.session.scalars(rows)}
    counted = select(Edition.game_id, func.count()).where(Edition.game_id.in_(ids), Edition.archived_at.is_(None))
    editions = {row[0]: row[1] for row in db.session.execute(counted.group_by(Edition.game_id))}
    return CataloguePage([games[each] for each in ids], editions, total, in_stock + out > MOST, number)


def _counts(*wanted: Sequence[ColumnElement[bool]]) -> list[int]:
    """How many games meet each list of conditions, counted no further than one more than can be paged to."""
    some = [select(Game.id).where(*each).limit(MOST + 1).subquery() for each in wanted]
    return list(
        db.session.execute(select(*(select(func.count()).select_from(s).scalar_subquery() for s in some))).one()
    )


def _ids(wanted: Sequence[ColumnElement[bool]], sort: Sort, first: int, count: int) -> list[int]:
    rows = select(Game.id).where(*wanted).order_by(*_order(sort)).limit(count).offset(first)
    return list(db.session.scalars(rows))


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    orders: dict[Sort, list[Any]] = {
        Sort.TITLE: [Game.sort_key, Game.id],
        Sort.CHEAP: [Game.price_from, Game.id],
        Sort.DEAR: [Game.price_from.desc(), Game.id.desc()],
        Sort.NEW: [Game.created_at.desc(), Game.id.desc()],
    }
    return orders[sort]
