"""From where orders are sent."""

from collections.abc import Sequence

from sqlalchemy import select

from shop.db import db
from shop.stock.models import Location


def sending_places() -> Sequence[int]:
    """The ids of the locations that send, in the order in which they give copies."""
    rows = select(Location.id).where(Location.archived_at.is_(None)).order_by(Location.id)
    return db.session.scalars(rows).all()
