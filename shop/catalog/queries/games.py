"""Games as the staff see them: the list, and one with all its facts."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from shop.catalog.models import Game
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.wishes import Wish
from shop.db import db, reading
from shop.errors import N_, NotFound
from shop.paging import Order, Page, Place, page_of, page_of_ids


class GameSort(StrEnum):
    """What games can be sorted by."""

    NEW = "new"
    PRICE = "price"
    TITLE = "title"
    YEAR = "year"


def listed_games(wish: Wish, *, sort: GameSort, down: bool, place: Place, size: int) -> Page[Any]:
    """One page of games with their publisher, counted no further than a list is read by number."""
    ids, order = select(Game.id).where(*conditions(wish)), _order(sort, down)
    if sort is GameSort.PRICE:  # a game that is not sold has no price, and a cursor can't stand at none
        numbered: Page[Any] = page_of_ids(ids, order=order, number=place.number, size=size)
        return replace(numbered, rows=_with_publishers(numbered.rows))
    with reading() as connection:
        page = page_of(ids, order=order, place=place, size=size, connection=connection)
    return replace(page, rows=_with_publishers([each.id for each in page.rows]))


def _with_publishers(ids: Sequence[int]) -> list[Game]:
    rows = select(Game).where(Game.id.in_(ids)).options(joinedload(Game.publisher), raiseload("*"))
    found = {game.id: game for game in db.session.scalars(rows)}
    return [found[each] for each in ids if each in found]


def game_with_facts(game_id: int) -> Game:
    """A game with all that its form shows. Raises NotFound."""
    options = [selectinload(link) for link in (Game.categories, Game.mechanics, Game.designers)]
    rows = select(Game).where(Game.id == game_id)
    game = db.session.scalar(rows.options(*options, joinedload(Game.publisher), joinedload(Game.base_game)))
    if game is None:
        raise NotFound("game_not_found", N_("There is no such game."))
    return game


def _order(sort: GameSort, down: bool) -> Order:
    columns: dict[GameSort, Any] = {
        GameSort.NEW: Game.created_at,
        GameSort.PRICE: Game.price_from,
        GameSort.TITLE: Game.sort_key,
        GameSort.YEAR: func.coalesce(Game.year, 0),
    }
    return [(columns[sort], down), (Game.id, down)]
