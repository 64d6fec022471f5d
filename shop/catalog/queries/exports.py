"""Games and their editions as a file: every fact, in the order in which the facts are written down."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shop.audit.fields import may_see
from shop.catalog.models import Edition, Game, Publisher
from shop.catalog.models.games import LINKS
from shop.catalog.queries.games import GameSort, order_of
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.facts import EDITION_FIELDS, GAME_FIELDS
from shop.catalog.rules.wishes import Wish
from shop.paging import streamed

_Base = aliased(Game)
_NAMED: dict[str, tuple[str, Any]] = {
    "publisher_id": ("publisher", Publisher.name),
    "base_game_id": ("base_game", _Base.title),
}
"""What stands in the file by its name instead of its number."""


def exported_fields(permissions: Collection[str]) -> list[str]:
    """The fields of a row of the file, as the registry of fields calls them, without those that are not opened."""
    return [name for name in _columns() if may_see(name, permissions)]


def exported_games(
    wish: Wish,
    permissions: Collection[str],
    *,
    sort: GameSort = GameSort.TITLE,
    down: bool = False,
    beside: Sequence[Any] = (),
) -> Iterator[Any]:
    """Every edition of the wanted games with the facts of its game, in the order of the list.

    A row has `exported_fields`, then the columns `beside` them: what a domain above knows of an edition.
    """
    columns = _columns()
    rows = (
        select(*(columns[name] for name in exported_fields(permissions)), *beside)
        .select_from(Game)
        .outerjoin(Publisher, Publisher.id == Game.publisher_id)
        .outerjoin(_Base, _Base.id == Game.base_game_id)
        .outerjoin(Edition, Edition.game_id == Game.id)
        .where(*conditions(wish))
    )
    return streamed(rows, [*order_of(sort, down), (Edition.id, False)])


def _columns() -> dict[str, Any]:
    of_game = dict(_NAMED.get(name, (name, getattr(Game, name))) for name in GAME_FIELDS)
    links = {kind: _names_of(table, link) for kind, (table, link) in LINKS.items()}
    return of_game | links | {name: getattr(Edition, name) for name in EDITION_FIELDS}


def _names_of(table: Any, link: Any) -> Any:
    """The names that a game is linked to, separated by commas."""
    noun = table.__tablename__
    names = select(func.aggregate_strings(table.name, ", ")).join(link, link.c[f"{noun}_id"] == table.id)
    return names.where(link.c.game_id == Game.id).correlate(Game).scalar_subquery()
