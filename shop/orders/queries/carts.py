"""What is in a cart."""

from sqlalchemy import select

from shop.db import db
from shop.orders.models import CartLine


def demand_of(cart_key: str) -> dict[int, int]:
    """{edition id: copies} of a cart, the lowest id first."""
    rows = select(CartLine.edition_id, CartLine.quantity).where(CartLine.cart_key == cart_key)
    return {row.edition_id: row.quantity for row in db.session.execute(rows.order_by(CartLine.edition_id))}
