"""The places that hold copies."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from shop.db import reading
from shop.paging import Page, Place, page_of
from shop.rows import row
from shop.stock.models import Location, StockTotal


def locations(*, place: Place, size: int) -> Page[Any]:
    """One page of locations in Ukrainian order: id, name, archived_at, version, copies."""
    rows: Any = select(
        Location.id,
        Location.name,
        Location.archived_at,
        Location.version,
        func.coalesce(StockTotal.copies, 0).label("copies"),
    ).outerjoin(StockTotal, StockTotal.location_id == Location.id)
    order = [(Location.sort_key, False), (Location.id, False)]
    with reading() as connection:
        return page_of(rows, order=order, place=place, size=size, connection=connection)


_USABLE = select(Location.id, Location.name).where(Location.archived_at.is_(None)).order_by(Location.sort_key)
_FULLEST = (
    select(StockTotal.location_id)
    .join(Location, Location.id == StockTotal.location_id)
    .where(Location.archived_at.is_(None), StockTotal.copies > 0)
    .order_by(StockTotal.copies.desc(), StockTotal.location_id)
    .limit(1)
)


def usable_locations() -> Sequence[Any]:
    """The locations that can be chosen, in Ukrainian order: id, name."""
    with reading() as connection:
        return connection.execute(_USABLE).all()


def fullest_location_id() -> int | None:
    """The location with the most copies: where deliveries are likeliest to go."""
    with reading() as connection:
        return connection.scalar(_FULLEST)


def location_by_id(location_id: int) -> Location:
    """A location. Raises NotFound."""
    return row(Location, location_id)
