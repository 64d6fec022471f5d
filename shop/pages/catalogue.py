"""The page of the catalogue that the public sees: some games by a wish, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, false, func, select, true

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
    wanted = conditions(replace(wish, available=None))
    kinds = [Game.in_stock == true()] + ([] if wish.available else [Game.in_stock == false()])
    some = [select(Game.id).where(*wanted, kind).limit(MOST + 1).subquery() for kind in kinds]
    counted = connection.execute(select(*(select(func.count()).select_from(each).scalar_subquery() for each in some)))
    in_stock, out = [*counted.one(), 0][:2]
    return Counts(in_stock, out)


def catalogue_page(wish: Wish, *, number: int, counts: Counts, connection: Connection) -> CataloguePage:
    """One page of visible games, those in stock first, in at most two statements."""
    wanted = conditions(replace(wish, available=None))
    number = min(number, counts.pages)
    first = (number - 1) * PER_PAGE
    cards: list[Card] = []
    if first < counts.in_stock:
        cards += _cards(wish, [*wanted, Game.in_stock == true()], first, PER_PAGE, connection)
    if len(cards) < PER_PAGE and counts.out:
        start = max(first - counts.in_stock, 0)
        cards += _cards(wish, [*wanted, Game.in_stock == false()], start, PER_PAGE - len(cards), connection)
    return CataloguePage(cards, counts, number)


def cards_where(*wanted: ColumnElement[bool], most: int, connection: Connection) -> Sequence[Card]:
    """The first visible games, by title, of which something is true."""
    rows = select(Game.id).where(Game.archived_at.is_(None), *wanted).order_by(Game.sort_key, Game.id).limit(most)
    return _read(rows, Sort.TITLE, connection)


def _cards(wish: Wish, wanted: list[ColumnElement[bool]], first: int, count: int, connection: Connection) -> list[Card]:
    rows = select(Game.id).where(*wanted).order_by(*_order(wish.sort)).limit(count).offset(first)
    return _read(rows, wish.sort, connection)


_editions = (
    select(func.count()).where(Edition.game_id == Game.id, Edition.archived_at.is_(None)).correlate(Game)
).scalar_subquery()
_COLUMNS = [*(getattr(Game, name) for name in Card._fields[:-1]), _editions]


def _read(ids: Select[Any], sort: Sort, connection: Connection) -> list[Card]:
    """The ids come first: for games that are skipped over, nothing is worked out."""
    found = ids.subquery()
    rows = select(*_COLUMNS).join(found, found.c.id == Game.id).order_by(*_order(sort))
    return [Card(*row) for row in connection.execute(rows)]


def _order(sort: Sort) -> list[ColumnElement[Any]]:
    orders: dict[Sort, list[Any]] = {
        Sort.TITLE: [Game.sort_key, Game.id],
        Sort.CHEAP: [Game.price_from, Game.id],
        Sort.DEAR: [Game.price_from.desc(), Game.id.desc()],
        Sort.NEW: [Game.created_at.desc(), Game.id.desc()],
    }
    return orders[sort]
