"""The staff's lists of the stock: levels, movements, locations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, raiseload

from shop.catalog.models import Edition, Game
from shop.catalog.queries.finding import found_by
from shop.db import db
from shop.paging import Page, in_order, page_of_ids, streamed
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import MovementKind


@dataclass(frozen=True)
class LevelFilter:
    """Which levels are wanted; None and empty mean any. `state` is low, empty or stocked."""

    search: str = ""
    location_id: int | None = None
    state: str = ""


@dataclass(frozen=True)
class MovementFilter:
    """Which movements are wanted; `until` is exclusive."""

    search: str = ""
    kind: MovementKind | None = None
    location_id: int | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def levels(wanted: LevelFilter, *, down: bool, number: int, size: int) -> Page[StockLevel]:
    """One page of levels with edition, game and location, by title."""
    ids = (
        select(StockLevel.id)
        .join(Edition, Edition.id == StockLevel.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .where(*_of_levels(wanted))
    )
    page = page_of_ids(ids, order=[(Game.sort_key, down), (StockLevel.id, down)], number=number, size=size)
    rows = (
        select(StockLevel)
        .where(StockLevel.id.in_(page.rows))
        .options(
            joinedload(StockLevel.edition).joinedload(Edition.game), joinedload(StockLevel.location), raiseload("*")
        )
    )
    return in_order(page, db.session.scalars(rows).all())


def exported_levels(wanted: LevelFilter) -> Iterator[Any]:
    """Every wanted level: title, SKU, barcode, location, on hand, allocated, held."""
    rows = (
        select(
            Game.title,
            Edition.sku,
            Edition.ean13,
            Location.name,
            StockLevel.on_hand,
            StockLevel.allocated,
            StockLevel.held,
        )
        .select_from(StockLevel)
        .join(Edition, Edition.id == StockLevel.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .join(Location, Location.id == StockLevel.location_id)
        .where(*_of_levels(wanted))
    )
    return streamed(rows, [(Game.sort_key, False), (StockLevel.id, False)])


def movements(wanted: MovementFilter, *, number: int, size: int) -> Page[StockMovement]:
    """One page of movements with document, edition, game and location, the newest first."""
    ids = select(StockMovement.id).where(*_of_movements(wanted))
    page = page_of_ids(ids, order=[(StockMovement.id, True)], number=number, size=size)
    level = joinedload(StockMovement.level)
    rows = (
        select(StockMovement)
        .where(StockMovement.id.in_(page.rows))
        .options(
            level.joinedload(StockLevel.edition).joinedload(Edition.game),
            level.joinedload(StockLevel.location),
            joinedload(StockMovement.document),
            raiseload("*"),
        )
    )
    return in_order(page, db.session.scalars(rows).all())


def exported_movements(wanted: MovementFilter) -> Iterator[Any]:
    """Every wanted movement, the newest first: when, kind, title, SKU, location, change, balance, who, why."""
    rows = (
        select(
            StockMovement.occurred_at,
            StockMovement.kind,
            Game.title,
            Edition.sku,
            Location.name,
            StockMovement.quantity,
            StockMovement.balance_after,
            StockMovement.document_id,
            StockDocument.reference,
            StockMovement.actor_name,
            StockMovement.reason,
        )
        .select_from(StockMovement)
        .outerjoin(StockLevel, StockLevel.id == StockMovement.level_id)
        .outerjoin(StockDocument, StockDocument.id == StockMovement.document_id)
        .outerjoin(Edition, Edition.id == StockLevel.edition_id)
        .outerjoin(Game, Game.id == Edition.game_id)
        .outerjoin(Location, Location.id == StockLevel.location_id)
        .where(*_of_movements(wanted))
    )
    return streamed(rows, [(StockMovement.id, True)])


def locations(*, number: int, size: int) -> Page[Location]:
    """One page of locations in Ukrainian order."""
    order = [(Location.sort_key, False), (Location.id, False)]
    page = page_of_ids(select(Location.id), order=order, number=number, size=size)
    return in_order(page, db.session.scalars(select(Location).where(Location.id.in_(page.rows))).all())


def copies_at(location_ids: Sequence[int]) -> dict[int, int]:
    """How many copies each location holds."""
    held = select(StockLevel.location_id, func.sum(StockLevel.on_hand)).group_by(StockLevel.location_id)
    rows = db.session.execute(held.where(StockLevel.location_id.in_(location_ids)))
    return {location_id: int(count or 0) for location_id, count in rows}


@dataclass(frozen=True)
class OnHand:
    """How many copies of an edition there are, how many can be promised, and where they stand."""

    on_hand: int
    available: int
    places: Sequence[StockLevel]


def on_hand_of(edition_ids: Sequence[int]) -> dict[int, OnHand]:
    """What there is of some editions, over all locations."""
    rows = (
        select(StockLevel)
        .where(StockLevel.edition_id.in_(edition_ids))
        .options(joinedload(StockLevel.location), raiseload("*"))
    )
    places: dict[int, list[StockLevel]] = {edition_id: [] for edition_id in edition_ids}
    for level in db.session.scalars(rows.order_by(StockLevel.id)):
        places[level.edition_id].append(level)
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
    rows = (
        select(Edition, Game.title, Game.archived_at)
        .join(Edition.game)
        .where(Edition.id.in_(edition_ids))
        .options(raiseload("*"))
    )
    stock = on_hand_of(edition_ids)
    found = {
        edition.id: EditionOnShelf(edition, title, archived_at is not None, stock[edition.id])
        for edition, title, archived_at in db.session.execute(rows)
    }
    return {edition_id: found[edition_id] for edition_id in dict.fromkeys(edition_ids) if edition_id in found}


def editions_found(text: str, *, limit: int, hidden: bool = False) -> list[EditionOnShelf]:
    """Editions of the games that a text finds, by title; those that are not on sale only with `hidden`."""
    rows = (
        select(Edition.id)
        .join(Edition.game)
        .where(*([] if hidden else [Edition.archived_at.is_(None), Game.archived_at.is_(None)]), *found_by(text))
        .order_by(Game.sort_key, Game.id, Edition.id)
        .limit(limit)
    )
    return list(editions_on_shelf(db.session.scalars(rows).all()).values())


def _of_levels(wanted: LevelFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = found_by(wanted.search, Edition.game_id)
    if wanted.location_id is not None:
        conditions.append(StockLevel.location_id == wanted.location_id)
    available = StockLevel.on_hand - StockLevel.allocated - StockLevel.held
    states = {
        "low": [available > 0, available <= Edition.low_stock_at],
        "empty": [available <= 0],
        "stocked": [available > 0],
    }
    return conditions + states.get(wanted.state, [])


def _of_movements(wanted: MovementFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        found = select(StockLevel.id).join(Edition, Edition.id == StockLevel.edition_id)
        conditions.append(StockMovement.level_id.in_(found.where(*found_by(wanted.search, Edition.game_id))))
    if wanted.location_id is not None:
        at_location = select(StockLevel.id).where(StockLevel.location_id == wanted.location_id)
        conditions.append(StockMovement.level_id.in_(at_location))
    if wanted.kind is not None:
        conditions.append(StockMovement.kind == wanted.kind)
    if wanted.actor_id is not None:
        conditions.append(StockMovement.actor_id == wanted.actor_id)
    if wanted.since is not None:
        conditions.append(StockMovement.occurred_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(StockMovement.occurred_at < wanted.until)
    return conditions
