"""What the staff's list of games shows beside the games: their editions, with what can be promised of each."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from shop.catalog.models import Edition
from shop.catalog.queries.exports import exported_games
from shop.catalog.queries.games import GameSort
from shop.catalog.rules.wishes import Wish
from shop.db import reading
from shop.stock.models import StockLevel
from shop.stock.queries.levels import AVAILABLE

_EDITIONS = (
    select(
        Edition.id,
        Edition.game_id,
        Edition.sku,
        Edition.archived_at,
        func.coalesce(func.sum(AVAILABLE), 0).label("available"),
    )
    .outerjoin(StockLevel, StockLevel.edition_id == Edition.id)
    .where(Edition.game_id.in_(bindparam("game_ids", expanding=True)))
    .group_by(Edition.id)
    .order_by(Edition.id)
)


def exported_editions(wish: Wish, permissions: Collection[str], *, sort: GameSort, down: bool) -> Iterator[Any]:
    """Every edition of the wanted games as a row of the file, and at its end how many copies can be promised."""
    free = select(func.coalesce(func.sum(AVAILABLE), 0)).where(StockLevel.edition_id == Edition.id)
    beside = [free.correlate(Edition).scalar_subquery()]
    return exported_games(wish, permissions, sort=sort, down=down, beside=beside)


def editions_beside(game_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The editions of some games, the oldest first, in one statement; rows have id, sku, archived_at, available."""
    listed: dict[int, list[Any]] = {game_id: [] for game_id in game_ids}
    with reading() as connection:
        for row in connection.execute(_EDITIONS, {"game_ids": game_ids}):
            listed[row.game_id].append(row)
    return listed
