"""The page of the catalogue that the public sees: some games by a wish, whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, false, func, select, true

from shop.catalog.models import Edition, Game
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.wishes import Sort, Wish

PER_PAGE = 24
LAST_PAGE = 100
MOST = PER_PAGE * LAST_PAGE
"""Games beyond these are neither counted nor paged to: nobody turns a hundred pages, and counting them all costs."""


class Card(NamedTuple):
    """A game as the public sees it among others. `price_from` in hryvnias; `editions` is how many are on sale."""

    id: int
    title: str
    slug: str
    price_from: Decimal | None
    in_stock: bool
    is_expansion: bool
    min_players: int | None
    max_players: int | None
    min_minutes: int | None
    max_minutes: int | None
    min_age: int | None
    editions: int


@dataclass(frozen=True)
class Counts:
    """How many games a wish finds in stock and out of it; each counted no further than one more than `MOST`."""

    in_stock: int
    out: int

    @property
    def total(self) -> int:
        """Those that can be paged to."""
        return min(self.in_stock + self.out, MOST)

    @property
    def more(self) -> bool:
        """Whether there are more than those."""
        return self.in_stock + self.out > MOST

    @property
    def pages(self) -> int:
        """How many pages there are to turn."""
        return max(-(-self.total // PER_PAGE), 1)


@dataclass(frozen=True)
class CataloguePage:
    """Some games, how many there are of the kind, and which page it is."""

    cards: Sequence[Card]
    counts: Counts
    number: int


def counts_of(wish: Wish, *, connection: Connection) -> Counts:
    """How many games a wish finds, in one statement; the order that is wished doesn't matter."""
    shape, values = _shape_of(replace(wish, sort=Sort.TITLE))
    counted = connection.execute(_counting(shape, bool(wish.available)), values | {"most": MOST + 1})
    in_stock, out = [*counted.one(), 0][:2]
    return Counts(in_stock, out)


def catalogue_page(wish: Wish, *, number: int, counts: Counts, connection: Connection) -> CataloguePage:
    """One page of visible games, those in stock first, in at most two statements."""
    shape, values = _shape_of(wish)
    number = min(number, counts.pages)
    first = (number - 1) * PER_PAGE
    cards: list[Card] = []
    if first < counts.in_stock:
        some = values | {"first": first, "count": PER_PAGE}
        cards += read_cards(_listing(shape, True), some, connection=connection)
    if len(cards) < PER_PAGE and counts.out:
        some = values | {"first": max(first - counts.in_stock, 0), "count": PER_PAGE - len(cards)}
        cards += read_cards(_listing(shape, False), some, connection=connection)
    return CataloguePage(cards, counts, number)


def first_cards(*wanted: ColumnElement[bool], most: int) -> Select[Any]:
    """The statement for the first visible games, by title, of which something is true; for `read_cards`."""
    rows = select(Game.id).where(Game.archived_at.is_(None), *wanted).order_by(Game.sort_key, Game.id).limit(most)
    return _of_ids(rows, Sort.TITLE)


def read_cards(statement: Select[Any], values: Mapping[str, Any], *, connection: Connection) -> list[Card]:
    """The cards that a statement finds with these values in it."""
    return [Card(*row) for row in connection.execute(statement, values)]


def _shape_of(wish: Wish) -> tuple[Wish, dict[str, Any]]:
    """The wish with ones in place of its values, and the values: wishes of one shape share their statements."""
    values = {name: value for name in _VALUES if (value := getattr(wish, name)) is not None}
    ones: dict[str, Any] = dict.fromkeys(values, 1)
    return replace(wish, available=None, **ones), values


def _wanted(shape: Wish) -> list[ColumnElement[bool]]:
    named: dict[str, Any] = {name: bindparam(name) for name in _VALUES if getattr(shape, name) is not None}
    return conditions(replace(shape, **named))


@lru_cache(maxsize=256)
def _counting(shape: Wish, only_in_stock: bool) -> Select[Any]:
    wanted, most = _wanted(shape), bindparam("most", type_=Integer)
    kinds = [Game.in_stock == true()] + ([] if only_in_stock else [Game.in_stock == false()])
    some = [select(Game.id).where(*wanted, kind).limit(most).subquery() for kind in kinds]
    return select(*(select(func.count()).select_from(each).scalar_subquery() for each in some))


@lru_cache(maxsize=256)
def _listing(shape: Wish, in_stock: bool) -> Select[Any]:
    some = select(Game.id).where(*_wanted(shape), Game.in_stock == (true() if in_stock else false()))
    count, first = bindparam("count", type_=Integer), bindparam("first", type_=Integer)
    return _of_ids(some.order_by(*_order(shape.sort)).limit(count).offset(first), shape.sort)


_VALUES = ("players", "minutes", "age", "price_from", "price_to")
_editions = (
    select(func.count()).where(Edition.game_id == Game.id, Edition.archived_at.is_(None)).correlate(Game)
).scalar_subquery()
_COLUMNS = [*(getattr(Game, name) for name in Card._fields[:-1]), _editions]


def _of_ids(ids: Select[Any], sort: Sort) -> Select[Any]:
    """The ids come first: for games that are skipped over, nothing is worked out."""
    found = ids.subquery()
    return select(*_COLUMNS).join(found, found.c.id == Game.id).order_by(*_order(sort))


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    orders: dict[Sort, list[Any]] = {
        Sort.TITLE: [Game.sort_key, Game.id],
        Sort.CHEAP: [Game.price_from, Game.id],
        Sort.DEAR: [Game.price_from.desc(), Game.id.desc()],
        Sort.NEW: [Game.created_at.desc(), Game.id.desc()],
    }
    return orders[sort]
