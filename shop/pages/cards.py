"""Games as the public sees them among others: what a card shows, and of which editions it speaks."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, false, func, select, true

from shop.catalog.models import Edition, Game
from shop.catalog.queries.states import on_sale
from shop.catalog.queries.wishes import editions_wanted
from shop.catalog.rules.wishes import Sort, Wish
from shop.stock.models import StockLevel
from shop.stock.rules import Availability


class Card(NamedTuple):
    """A game among others. `price_from` in hryvnias; `editions` is how many are on sale; `plenty` is in stock and more.

    Where a wish names editions by language or condition, price, stock and number are those of such editions alone.
    """

    id: int
    title: str
    slug: str
    is_expansion: bool
    min_players: int | None
    max_players: int | None
    min_minutes: int | None
    max_minutes: int | None
    min_age: int | None
    price_from: Decimal | None
    in_stock: bool
    editions: int
    plenty: bool

    @property
    def availability(self) -> Availability:
        """What a shopper is told; the last copies only where no edition has more."""
        if not self.in_stock:
            return Availability.OUT
        return Availability.IN_STOCK if self.plenty else Availability.LOW


def first_cards(*wanted: ColumnElement[bool], most: int) -> Select[Any]:
    """The statement for the first visible games, by title, of which something is true; for `read_cards`."""
    rows = select(Game.id).where(on_sale(), *wanted).order_by(Game.sort_key, Game.id).limit(most)
    return cards_of(rows, Wish())


def cards_of(ids: Select[Any], wish: Wish) -> Select[Any]:
    """The statement for the cards of some games in the order of the wish; for `read_cards`.

    The ids come first: for games that are skipped over, nothing is worked out.
    """
    found = ids.subquery()
    return select(*_columns(wish)).join(found, found.c.id == Game.id).order_by(*order_of(wish))


def read_cards(statement: Select[Any], values: Mapping[str, Any], *, connection: Connection) -> list[Card]:
    """The cards that a statement finds with these values in it."""
    return [Card(*row) for row in connection.execute(statement, values)]


def in_stock(wish: Wish, stocked: bool = True) -> ColumnElement[bool]:
    """Whether a copy of the editions that a wish names can be promised, of any where it names none; or that none can.

    Each is written so that an index answers it.
    """
    if wish.names_editions:
        promised = _with_more_than(0, wish)
        return promised if stocked else ~promised
    return Game.in_stock == (true() if stocked else false())


def order_of(wish: Wish) -> list[ColumnElement[Any]]:
    """In what order games of the same stock stand."""
    price = _price(wish)
    orders: dict[Sort, list[Any]] = {
        Sort.TITLE: [Game.sort_key, Game.id],
        Sort.CHEAP: [price, Game.id],
        Sort.DEAR: [price.desc(), Game.id.desc()],
        Sort.NEW: [Game.created_at.desc(), Game.id.desc()],
    }
    return orders[wish.sort]


@lru_cache(maxsize=64)
def _columns(wish: Wish) -> list[Any]:
    editions = _editions(wish, func.count()).scalar_subquery()
    stocked = in_stock(wish) if wish.names_editions else Game.in_stock
    own = [getattr(Game, name) for name in Card._fields[: Card._fields.index("price_from")]]
    return [*own, _price(wish), stocked, editions, _with_more_than(Edition.low_stock_at, wish)]


def _price(wish: Wish) -> ColumnElement[Any]:
    """The lowest price; the game repeats that of all its editions."""
    kept: Any = Game.price_from
    return _editions(wish, func.min(Edition.price)).scalar_subquery() if wish.names_editions else kept


def _with_more_than(copies: Any, wish: Wish) -> ColumnElement[bool]:
    free = (
        select(func.coalesce(func.sum(StockLevel.on_hand - StockLevel.allocated - StockLevel.held), 0))
        .where(StockLevel.edition_id == Edition.id)
        .correlate(Edition)
    ).scalar_subquery()
    return _editions(wish, Edition.id).where(free > copies).exists()


def _editions(wish: Wish, *columns: Any) -> Select[Any]:
    return select(*columns).where(Edition.game_id == Game.id, *editions_wanted(wish)).correlate(Game)
