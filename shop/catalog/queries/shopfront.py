"""What the public sees of the catalogue: a page of games, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, literal, select, true, union_all
from sqlalchemy.orm import joinedload, raiseload

from shop.catalog.models import Category, Edition, Game, Mechanic
from shop.catalog.models.games import game_category, game_mechanic
from shop.catalog.queries.finding import found_by
from shop.catalog.rules.filters import WEIGHTS, Sort, Weight, Wish
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
    conditions = _conditions(wish)
    stocked = [*conditions, Game.in_stock == true()]
    absent = [*conditions, Game.in_stock == false()]
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


@dataclass(frozen=True)
class Word:
    """A category or a mechanic to choose."""

    kind: str
    slug: str
    name: str
    name_en: str


def words_of_shop() -> Sequence[Word]:
    """The categories and mechanics to choose from, each in Ukrainian order, in one statement."""
    columns = [
        select(literal(table.__tablename__), table.slug, table.name, table.name_en, table.sort_key)
        for table in (Category, Mechanic)
    ]
    rows = db.session.execute(union_all(*columns))
    return [Word(*row[:4]) for row in sorted(rows, key=lambda row: row[4])]


def _counts(*conditions: Sequence[ColumnElement[bool]]) -> list[int]:
    """How many games meet each list of conditions, counted no further than one more than can be paged to."""
    some = [select(Game.id).where(*each).limit(MOST + 1).subquery() for each in conditions]
    return list(
        db.session.execute(select(*(select(func.count()).select_from(s).scalar_subquery() for s in some))).one()
    )


def _ids(conditions: Sequence[ColumnElement[bool]], sort: Sort, first: int, count: int) -> list[int]:
    rows = select(Game.id).where(*conditions).order_by(*_order(sort)).limit(count).offset(first)
    return list(db.session.scalars(rows))


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    orders: dict[Sort, list[Any]] = {
        Sort.TITLE: [Game.sort_key, Game.id],
        Sort.CHEAP: [Game.price_from, Game.id],
        Sort.DEAR: [Game.price_from.desc(), Game.id.desc()],
        Sort.NEW: [Game.created_at.desc(), Game.id.desc()],
    }
    return orders[sort]


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Game.archived_at.is_(None), *found_by(wish.q)]
    if wish.players is not None:
        conditions += [Game.min_players <= wish.players, Game.max_players >= wish.players]
    if wish.minutes is not None:
        conditions.append(Game.max_minutes <= wish.minutes)
    if wish.age is not None:
        conditions.append(Game.min_age <= wish.age)
    if wish.weight is not None:
        low, high = WEIGHTS[wish.weight]
        conditions.append(Game.weight >= low)
        conditions.append(Game.weight <= high if wish.weight is Weight.HEAVY else Game.weight < high)
    if wish.expansions is not None:
        conditions.append(Game.is_expansion.is_(wish.expansions))
    if wish.price_from is not None:
        conditions.append(Game.price_from >= wish.price_from)
    if wish.price_to is not None:
        conditions.append(Game.price_from <= wish.price_to)
    return conditions + _by_links(wish)


def _by_links(wish: Wish) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for table, link, slug in ((Category, game_category, wish.category), (Mechanic, game_mechanic, wish.mechanic)):
        if slug:
            column = link.c[f"{table.__tablename__}_id"]
            chosen = select(link.c.game_id).join(table, table.id == column).where(table.slug == slug)
            conditions.append(Game.id.in_(chosen))
    if wish.language is not None or wish.condition is not None:
        editions = select(Edition.game_id).where(Edition.archived_at.is_(None))
        if wish.language is not None:
            editions = editions.where(Edition.language == wish.language)
        if wish.condition is not None:
            editions = editions.where(Edition.condition == wish.condition)
        conditions.append(Game.id.in_(editions))
    return conditions
