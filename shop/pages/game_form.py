"""What the staff's form of a game shows: its facts, its editions with what can be promised, its prices so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal, select, union_all

from shop.audit.models import AuditEntry
from shop.catalog.models import Edition, Game
from shop.catalog.models.games import LINKS
from shop.catalog.queries.prices import price_history
from shop.catalog.rules.facts import EDITION_FIELDS, GAME_FIELDS
from shop.db import reading
from shop.errors import N_, NotFound
from shop.stock.models import StockLevel
from shop.stock.queries.levels import AVAILABLE

PRICES = 8


@dataclass(frozen=True)
class GameFormPage:
    """A game with what stands around it.

    `game` has the facts that are stored in its own row, and id, slug, version, state, and `last_entry`, the
    newest entry of the audit at that moment. Editions have their facts, and id, archived_at, available. `prices` are
    rows of their history, the newest first.
    """

    game: Any
    editions: Sequence[Any]
    category_ids: frozenset[int]
    mechanic_ids: frozenset[int]
    designers: Sequence[str]
    prices: Sequence[Any]

    @property
    def id(self) -> int:
        """The game's id."""
        return int(self.game.id)


def game_form_page(game_id: int) -> GameFormPage:
    """The form of a game, in four statements. Raises NotFound."""
    with reading() as connection:
        game = connection.execute(_GAME, {"game_id": game_id}).one_or_none()
        if game is None:
            raise NotFound("game_not_found", N_("There is no such game."))
        links = connection.execute(_LINKS, {"game_id": game_id}).all()
        editions = connection.execute(_EDITIONS, {"game_id": game_id}).all()
        return GameFormPage(
            game=game,
            editions=editions,
            category_ids=frozenset(each.id for each in links if each.kind == "categories"),
            mechanic_ids=frozenset(each.id for each in links if each.kind == "mechanics"),
            designers=sorted(each.name for each in links if each.kind == "designers"),
            prices=price_history([each.id for each in editions], limit=PRICES, connection=connection),
        )


def _linked(kind: str) -> Select[Any]:
    table, link = LINKS[kind]
    rows = select(literal(kind).label("kind"), table.id, table.name)
    return rows.join(link, link.c[f"{table.__tablename__}_id"] == table.id).where(link.c.game_id == _of_game)


_of_game = bindparam("game_id", type_=Integer)
_GAME = select(
    *(getattr(Game, name) for name in ("id", "slug", "version", "state", *GAME_FIELDS)),
    select(func.coalesce(func.max(AuditEntry.id), 0)).scalar_subquery().label("last_entry"),
).where(Game.id == _of_game)
_LINKS = union_all(*map(_linked, LINKS))
_available = (
    select(func.coalesce(func.sum(AVAILABLE), 0)).where(StockLevel.edition_id == Edition.id).correlate(Edition)
).scalar_subquery()
_EDITIONS = (
    select(*(getattr(Edition, name) for name in ("id", "archived_at", *EDITION_FIELDS)), _available.label("available"))
    .where(Edition.game_id == _of_game)
    .order_by(Edition.id)
)
