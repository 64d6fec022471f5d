"""Games as the staff see them: the list."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from shop.catalog.models import Game, Publisher
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.wishes import Wish
from shop.db import reading
from shop.paging import Order, Page, Place, page_of


class GameSort(StrEnum):
    """What games can be sorted by."""

    NEW = "new"
    PRICE = "price"
    TITLE = "title"
    YEAR = "year"


_LISTED = (
    select(
        Game.id,
        Game.title,
        Game.title_original,
        Publisher.name.label("publisher"),
        Game.year,
        Game.min_players,
        Game.max_players,
        Game.min_minutes,
        Game.max_minutes,
        Game.min_age,
        Game.price_from,
        Game.in_stock,
        Game.is_expansion,
        Game.was_in_stock,
        Game.state,
    )
    .outerjoin(Publisher, Publisher.id == Game.publisher_id)
    .where(Game.id.in_(bindparam("ids", expanding=True)))
)


def listed_games(wish: Wish, *, sort: GameSort, down: bool, place: Place, size: int) -> Page[Any]:
    """One page of games, counted no further than a list is read by number.

    Rows have id, title, title_original, publisher, year, min_players, max_players, min_minutes, max_minutes, min_age,
    price_from, in_stock, is_expansion, was_in_stock, state.
    """
    ids, order = select(Game.id).where(*conditions(wish)), order_of(sort, down)
    with reading() as connection:
        page = page_of(ids, order=order, place=place, size=size, connection=connection)
        return replace(page, rows=_listed(connection, [each.id for each in page.rows]))


def found_games(wish: Wish, *, most: int) -> list[int]:
    """The ids of the wanted games by title, at most so many."""
    rows = select(Game.id).where(*conditions(wish)).order_by(Game.sort_key, Game.id).limit(most)
    with reading() as connection:
        return list(connection.scalars(rows))


def _listed(connection: Connection, ids: Sequence[int]) -> list[Any]:
    found = {row.id: row for row in connection.execute(_LISTED, {"ids": ids})}
    return [found[each] for each in ids if each in found]


def order_of(sort: GameSort, down: bool) -> Order:
    """The order of the list, as its pages and its file have it."""
    columns: dict[GameSort, Any] = {
        GameSort.NEW: Game.created_at,
        GameSort.PRICE: func.coalesce(Game.price_from, Decimal(0)),  # a cursor can't stand at none: what is not sold
        GameSort.TITLE: Game.sort_key,
        GameSort.YEAR: func.coalesce(Game.year, 0),
    }
    return [(columns[sort], down), (Game.id, down)]
