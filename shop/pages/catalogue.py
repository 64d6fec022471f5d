"""The page of the catalogue that the public sees: some games by a wish, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, func, select

from shop.catalog.models import Game
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.wishes import Sort, Wish
from shop.pages.cards import Card, cards_of, in_stock, order_of, read_cards

PER_PAGE = 24
LAST_PAGE = 100
MOST = PER_PAGE * LAST_PAGE
"""Games beyond these are neither counted nor paged to: nobody turns a hundred pages, and counting them all costs."""


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
    kinds = [in_stock(shape)] + ([] if only_in_stock else [in_stock(shape, False)])
    some = [select(Game.id).where(*wanted, kind).limit(most).subquery() for kind in kinds]
    return select(*(select(func.count()).select_from(each).scalar_subquery() for each in some))


@lru_cache(maxsize=256)
def _listing(shape: Wish, stocked: bool) -> Select[Any]:
    some = select(Game.id).where(*_wanted(shape), in_stock(shape, stocked))
    count, first = bindparam("count", type_=Integer), bindparam("first", type_=Integer)
    return cards_of(some.order_by(*order_of(shape)).limit(count).offset(first), shape)


_VALUES = ("players", "minutes", "age", "price_from", "price_to")
