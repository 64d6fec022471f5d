"""A cart: put into, changed, and held on the shelf while its checkout goes on."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.catalog.models import Edition, Game
from shop.catalog.queries.states import on_sale
from shop.db import db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.orders.models import MOST_COPIES, Cart, CartLine
from shop.orders.queries.carts import demand_of
from shop.orders.queries.places import sending_places
from shop.stock import operations as stock
from shop.stock.models import Hold

HOLD = timedelta(minutes=15)
KEPT = timedelta(days=30)
MOST_LINES = 50
QUANTITY_WRONG = N_("A cart takes from 1 to %(most)d copies of a game.")
CART_FULL = N_("A cart takes at most %(most)d different games. Order these first, or take one out.")
ORDERED = N_("This cart has been ordered already. What you choose now goes into a new one.")


def put(cart_key: str, edition_id: int, quantity: int, *, at: datetime) -> int:
    """Add copies of an edition to a cart, begun if there is none yet; how many of it are in the cart now.

    Raises Invalid for more than a cart takes, NotFound for what isn't sold, Conflict when the cart was ordered.
    """
    if not 1 <= quantity <= MOST_COPIES:
        raise Invalid("quantity_wrong", QUANTITY_WRONG, field="quantity", most=MOST_COPIES)
    sold = _sold(edition_id)
    _begin(cart_key, at=at)
    inside = _open(cart_key)
    if edition_id not in inside and len(inside) >= MOST_LINES:
        raise Invalid("cart_full", CART_FULL, most=MOST_LINES)
    after = min(inside.get(edition_id, 0) + quantity, MOST_COPIES)
    _write(cart_key, edition_id, after, price=sold.price)
    return after


def change(cart_key: str, edition_id: int, quantity: int) -> None:
    """Set how many copies of an edition are in a cart; nought takes it out.

    Raises Invalid for more than a cart takes, NotFound for another cart or what isn't in it, Conflict when it was
    ordered.
    """
    if not 0 <= quantity <= MOST_COPIES:
        raise Invalid("quantity_wrong", QUANTITY_WRONG, field="quantity", most=MOST_COPIES)
    if edition_id not in _open(cart_key):
        raise NotFound("cart_line_not_found", N_("This is not in the cart."))
    line = (CartLine.cart_key == cart_key) & (CartLine.edition_id == edition_id)
    if quantity:
        db.session.execute(update(CartLine).where(line).values(quantity=quantity))
    else:
        db.session.execute(delete(CartLine).where(line))


def hold(cart_key: str, *, address: str, at: datetime) -> datetime | None:
    """Hold what is in a cart for fifteen minutes more; until when, None where its address holds too much already.

    Raises NotFound, Conflict when it was ordered, Invalid when it is empty, Shortage naming all with too few.
    """
    demand = _open(cart_key)
    if not demand:
        raise Invalid("cart_empty", N_("The cart is empty."))
    until = at + HOLD
    held = stock.hold(demand, cart_key=cart_key, address=address, places=sending_places(), until=until, at=at)
    return until if held else None


def forget_old(*, at: datetime, limit: int = 500) -> int:
    """Delete carts that nobody ordered in thirty days and that hold nothing, at most `limit`; how many."""
    held = exists().where(Hold.cart_key == Cart.key)
    old = select(Cart.key).where(Cart.created_at <= at - KEPT, Cart.ordered_at.is_(None), ~held)
    old = old.order_by(Cart.created_at).limit(limit).with_for_update(skip_locked=True, of=Cart)
    keys = db.session.scalars(old).all()
    for table, key in ((CartLine, CartLine.cart_key), (Cart, Cart.key)):
        db.session.execute(delete(table).where(key.in_(keys)).execution_options(synchronize_session=False))
    return len(keys)


def _sold(edition_id: int) -> Row[Decimal]:
    """The price of an edition. Raises NotFound for one that isn't sold."""
    rows = (
        select(Edition.price)
        .join(Game, Game.id == Edition.game_id)
        .where(Edition.id == edition_id, Edition.archived_at.is_(None), on_sale())
    )
    sold = db.session.execute(rows).one_or_none()
    if sold is None:
        raise NotFound("edition_not_sold", N_("This edition is not sold any more."))
    return sold


def _open(cart_key: str) -> dict[int, int]:
    """What is in a cart, which is held until the end of the transaction. Raises NotFound, Conflict."""
    cart = db.session.execute(select(Cart.ordered_at).where(Cart.key == cart_key).with_for_update()).one_or_none()
    if cart is None:
        raise NotFound("cart_not_found", N_("There is no such cart."))
    if cart.ordered_at is not None:
        raise Conflict("cart_ordered", ORDERED)
    return demand_of(cart_key)


def _begin(cart_key: str, *, at: datetime) -> None:
    db.session.execute(_insert(Cart).values(key=cart_key, created_at=at).on_conflict_do_nothing())


def _write(cart_key: str, edition_id: int, quantity: int, *, price: Decimal) -> None:
    row = {"cart_key": cart_key, "edition_id": edition_id, "quantity": quantity, "price_seen": price}
    again = {"quantity": quantity, "price_seen": price}
    line = _insert(CartLine).values(row)
    db.session.execute(line.on_conflict_do_update(index_elements=["cart_key", "edition_id"], set_=again))


def _insert(table: type[Cart] | type[CartLine]) -> Any:
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(table)
