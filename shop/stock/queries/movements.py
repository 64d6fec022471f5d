"""Every change of the stock, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from shop.catalog.models import Edition, Game
from shop.catalog.queries.finding import found_by
from shop.db import reading
from shop.paging import Page, Place, page_of, streamed
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import MovementKind


@dataclass(frozen=True)
class MovementFilter:
    """Which movements are wanted; `until` is exclusive."""

    search: str = ""
    kind: MovementKind | None = None
    location_id: int | None = None
    actor_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


_COLUMNS = (
    StockMovement.id,
    StockMovement.occurred_at,
    StockMovement.kind,
    StockMovement.document_id,
    StockDocument.reference,
    StockMovement.reason,
    StockLevel.edition_id,
    Game.title,
    Edition.sku,
    StockLevel.location_id,
    Location.name.label("location"),
    StockMovement.actor_name,
    StockMovement.quantity,
    StockMovement.balance_after,
)


def movements(wanted: MovementFilter, *, place: Place, size: int) -> Page[Any]:
    """One page of movements, the newest first.

    Rows have id, occurred_at, kind, document_id, reference, reason, edition_id, title, sku, location_id, location,
    actor_name, quantity, balance_after.
    """
    newest, ids = [(StockMovement.id, True)], select(StockMovement.id).where(*_of_movements(wanted))
    with reading() as connection:
        page = page_of(ids, order=newest, place=place, size=size, connection=connection)
        # by their ids: over a million rows PostgreSQL prepares large caches for the joins of the few that are shown
        rows = _joined(*_COLUMNS).where(StockMovement.id.in_([row.id for row in page.rows]))
        return replace(page, rows=connection.execute(rows.order_by(StockMovement.id.desc())).all())


def exported_movements(wanted: MovementFilter) -> Iterator[Any]:
    """Every wanted movement, the newest first: when, kind, title, SKU, location, change, balance, who, why."""
    rows = _joined(
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
    return streamed(rows.where(*_of_movements(wanted)), [(StockMovement.id, True)])


def _joined(*columns: Any) -> Any:
    """Outer joins, though nothing is ever missing: so the database reads the movements first, in their order."""
    return (
        select(*columns)
        .select_from(StockMovement)
        .outerjoin(StockLevel, StockLevel.id == StockMovement.level_id)
        .outerjoin(StockDocument, StockDocument.id == StockMovement.document_id)
        .outerjoin(Edition, Edition.id == StockLevel.edition_id)
        .outerjoin(Game, Game.id == Edition.game_id)
        .outerjoin(Location, Location.id == StockLevel.location_id)
    )


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
