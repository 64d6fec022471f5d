"""Unknown boxes that stand aside and wait for somebody who knows them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from shop.db import reading
from shop.stock.models import Location, SetAsideBox


def waiting_boxes(*, limit: int, connection: Connection | None = None) -> Sequence[Any]:
    """The boxes that nobody has settled, the oldest first.

    Rows have id, code, quantity, note, location_id, location, set_aside_by, set_aside_at.
    """
    rows = _waiting().limit(limit)
    if connection is not None:
        return connection.execute(rows).all()
    with reading() as own:
        return own.execute(rows).all()


def boxes_by_id(ids: Collection[int]) -> Sequence[Any]:
    """Those of some boxes that nobody has settled; rows as those of `waiting_boxes`."""
    if not ids:
        return []
    with reading() as connection:
        return connection.execute(_waiting().where(SetAsideBox.id.in_(ids))).all()


def waiting_box_count() -> Select[Any]:
    """How many boxes wait, as a statement for pages that ask for several numbers at once."""
    return select(func.count()).select_from(SetAsideBox).where(SetAsideBox.settled_at.is_(None))


def _waiting() -> Select[Any]:
    box = SetAsideBox
    told = box.id, box.code, box.quantity, box.note, box.location_id, box.set_aside_by, box.set_aside_at
    rows: Any = select(*told, Location.name.label("location")).join(Location, Location.id == box.location_id)
    return rows.where(box.settled_at.is_(None)).order_by(box.set_aside_at, box.id)
