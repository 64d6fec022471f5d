"""How many copies stand where: the list of levels, and what there is of some editions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select
from sqlalchemy.orm import raiseload

from shop.catalog.models import Edition, Game
from shop.catalog.queries.finding import found_by
from shop.catalog.queries.states import not_hidden
from shop.catalog.rules.states import GameState
from shop.db import db, reading
from shop.paging import Page, Place, bounded, bounded_count, page_of, streamed
from shop.stock.models import Location, StockLevel

AVAILABLE = StockLevel.on_hand - StockLevel.allocated - StockLevel.held
_ZERO: Any = literal_column("0")
LOW = (AVAILABLE > _ZERO, StockLevel.low_at >= AVAILABLE)
"""Word for word as the index of what runs low says it: SQLite uses it for nothing else, nor for a zero sent apart."""

FEW = 1_000
"""So few levels are sorted; of more, the first by title are soon found by walking through the titles."""


@dataclass(frozen=True)
class LevelFilter:
    """Which levels are wanted; None and empty mean any. `state` is low, empty or stocked.

    `still_since`: levels with copies, of which none has moved since that moment.
    """

    search: str = ""
    location_id: int | None = None
    state: str = ""
    still_since: datetime | None = None


class LevelSort(StrEnum):
    """What levels can be sorted by."""

    ON_HAND = "on_hand"
    TITLE = "title"


def levels(wanted: LevelFilter, *, down: bool, place: Place, size: int, sort: LevelSort = LevelSort.TITLE) -> Page[Any]:
    """One page of levels.

    Rows have id, edition_id, location_id, location, game_id, title, sku, ean13, language, condition, on_hand,
    allocated, held, available, low_at.
    """
    order = _order(sort, down)
    chosen = counted_levels(wanted)
    with reading() as connection:
        total = bounded_count(chosen, connection=connection)
        if total <= FEW:
            rows = level_rows().where(StockLevel.id.in_(connection.scalars(chosen).all()))
        else:
            walked = _rows_by_title() if sort is LevelSort.TITLE else level_rows()
            rows = walked.where(*_of_levels(wanted))
        return page_of(rows, order=order, place=place, size=size, total=total, connection=connection)


_SHOWN = (
    StockLevel.id,
    StockLevel.edition_id,
    StockLevel.location_id,
    Location.name.label("location"),
    Edition.game_id,
    Game.title,
    Edition.sku,
    Edition.ean13,
    Edition.language,
    Edition.condition,
    StockLevel.on_hand,
    StockLevel.allocated,
    StockLevel.held,
    AVAILABLE.label("available"),
    StockLevel.low_at,
)


def level_rows() -> Select[Any]:
    """Levels as the lists show them; for the names of the columns see `levels`."""
    rows: Any = select(*_SHOWN).select_from(StockLevel).join(Edition, Edition.id == StockLevel.edition_id)
    return rows.join(Game, Game.id == Edition.game_id).join(Location, Location.id == StockLevel.location_id)


def _rows_by_title() -> Select[Any]:
    """The same, joined so that only a walk through the titles is quick.

    SQLite keeps no statistics and would rather sort all levels for one page. An `id + 0` can't be looked up in an
    index, so it can't begin at the levels; and it begins at the titles because something is asked of them.
    """
    rows: Any = select(*_SHOWN).select_from(Game).join(Edition, Edition.game_id == Game.id + 0)
    rows = rows.join(StockLevel, StockLevel.edition_id == Edition.id + 0)
    return rows.join(Location, Location.id == StockLevel.location_id).where(Game.sort_key >= "")


def counted_levels(wanted: LevelFilter) -> Select[Any]:
    """As many rows as `levels` has, out of as few tables as will do."""
    rows: Any = select(StockLevel.id)
    if wanted.search:
        rows = rows.join(Edition, Edition.id == StockLevel.edition_id)
    return rows.where(*_of_levels(wanted))


def level_counts() -> tuple[int, int]:
    """How many levels there are and how many run low, counted no further than a list is read by number."""
    all_of, low = (
        bounded(counted_levels(wanted)).scalar_subquery() for wanted in (LevelFilter(), LevelFilter(state="low"))
    )
    with reading() as connection:
        return tuple(connection.execute(select(all_of, low)).one())


def found_levels(wanted: LevelFilter, *, most: int) -> list[int]:
    """The ids of the wanted levels, at most so many."""
    with reading() as connection:
        return list(connection.scalars(counted_levels(wanted).order_by(StockLevel.id).limit(most)))


def editions_of_levels(level_ids: Sequence[int]) -> list[int]:
    """The editions of some levels, by title, each once."""
    rows = level_rows().with_only_columns(StockLevel.edition_id).where(StockLevel.id.in_(level_ids))
    with reading() as connection:
        return list(dict.fromkeys(connection.scalars(rows.order_by(Game.sort_key, StockLevel.id))))


def exported_levels(wanted: LevelFilter, *, sort: LevelSort = LevelSort.TITLE, down: bool = False) -> Iterator[Any]:
    """Every wanted level in the order of the list; the rows are those of `levels`."""
    return streamed(level_rows().where(*_of_levels(wanted)), _order(sort, down))


def _order(sort: LevelSort, down: bool) -> list[tuple[Any, bool]]:
    first: Any = StockLevel.on_hand if sort is LevelSort.ON_HAND else Game.sort_key
    return [(first, down), (StockLevel.id, down)]


@dataclass(frozen=True)
class OnHand:
    """How many copies of an edition there are, how many can be promised, and where they stand.

    `places` have location_id, location, on_hand, available.
    """

    on_hand: int
    available: int
    places: Sequence[Any]


_PLACES = (
    select(
        StockLevel.edition_id,
        StockLevel.location_id,
        Location.name.label("location"),
        StockLevel.on_hand,
        AVAILABLE.label("available"),
    )
    .join(Location, Location.id == StockLevel.location_id)
    .where(StockLevel.edition_id.in_(bindparam("edition_ids", expanding=True)))
    .order_by(StockLevel.id)
)


def on_hand_of(edition_ids: Sequence[int]) -> dict[int, OnHand]:
    """What there is of some editions, over all locations."""
    places: dict[int, list[Any]] = {edition_id: [] for edition_id in edition_ids}
    with reading() as connection:
        for place in connection.execute(_PLACES, {"edition_ids": edition_ids}):
            places[place.edition_id].append(place)
    return {
        edition_id: OnHand(sum(each.on_hand for each in levels), sum(each.available for each in levels), levels)
        for edition_id, levels in places.items()
    }


@dataclass(frozen=True)
class EditionOnShelf:
    """An edition in a few words, and what there is of it."""

    edition: Edition
    title: str
    hidden: bool
    stock: OnHand


def editions_on_shelf(edition_ids: Sequence[int]) -> dict[int, EditionOnShelf]:
    """Some editions with their titles and what there is of them; unknown ids are left out."""
    if not edition_ids:
        return {}
    rows = (
        select(Edition, Game.title, Game.state)
        .join(Edition.game)
        .where(Edition.id.in_(edition_ids))
        .options(raiseload("*"))
    )
    stock = on_hand_of(edition_ids)
    found = {
        edition.id: EditionOnShelf(edition, title, state is GameState.HIDDEN, stock[edition.id])
        for edition, title, state in db.session.execute(rows)
    }
    return {edition_id: found[edition_id] for edition_id in dict.fromkeys(edition_ids) if edition_id in found}


def editions_found(text: str, *, limit: int, hidden: bool = False) -> list[EditionOnShelf]:
    """Editions of the games that a text finds, by title; those that are not on sale only with `hidden`."""
    rows = (
        select(Edition.id)
        .join(Edition.game)
        .where(*([] if hidden else [Edition.archived_at.is_(None), not_hidden()]), *found_by(text))
        .order_by(Game.sort_key, Game.id, Edition.id)
        .limit(limit)
    )
    return list(editions_on_shelf(db.session.scalars(rows).all()).values())


def _of_levels(wanted: LevelFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = found_by(wanted.search, Edition.game_id)
    if wanted.location_id is not None:
        conditions.append(StockLevel.location_id == wanted.location_id)
    if wanted.still_since is not None:
        conditions += [StockLevel.last_moved_at < wanted.still_since, StockLevel.on_hand > 0]
    states = {"low": [*LOW], "empty": [AVAILABLE <= 0], "stocked": [AVAILABLE > 0]}
    return conditions + states.get(wanted.state, [])
