"""An order is placed, from a cart or by telephone: once, at the prices that were seen, its copies claimed at once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, select, update

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject
from shop.catalog.models import Edition, Game
from shop.catalog.queries.states import on_sale
from shop.catalog.rules.editions import VatRate
from shop.db import db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.once import answered
from shop.orders.models import Cart, Order, OrderLine
from shop.orders.queries.carts import demand_of
from shop.orders.queries.places import sending_places
from shop.orders.rules.states import OrderOrigin, PaymentMethod
from shop.orders.rules.totals import Priced, Totals, totals
from shop.outbox import operations as outbox
from shop.stock import operations as stock

PATIENCE = {PaymentMethod.ON_DELIVERY: None, PaymentMethod.TRANSFER: timedelta(days=3)}
"""How long an unpaid order keeps its copies; None for as long as it takes."""
MOST_COPIES_BY_TELEPHONE = 1_000
MOST_LINES_BY_TELEPHONE = 200
MOST_LETTERS = {"name": 120, "phone": 20, "email": 254, "address": 300, "comment": 2_000}
TOO_LONG = N_("At most %(most)d characters fit here.")
NOT_SOLD = N_("Not sold any more: %(titles)s. Take it out of the cart.")
DISCOUNT_WRONG = N_("A discount is from 0 to 100 percent, with at most two places.")


@dataclass(frozen=True)
class Customer:
    """Who gets an order. All of it is personal."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked for beside the copies. `total_seen` in hryvnias is the sum that the customer agreed to."""

    customer: Customer
    payment_method: PaymentMethod
    total_seen: Decimal
    discount_percent: Decimal = Decimal(0)
    discount_reason: str = ""


@dataclass(frozen=True)
class _Sold:
    """An edition as an order copies it."""

    edition_id: int
    quantity: int
    title: str
    sku: str
    price: Decimal
    vat_rate: VatRate
    is_sold: bool = field(default=True)


def place(cart_key: str, asked: Asked, *, actor: Actor, at: datetime) -> Order:
    """Order what is in a cart; the order that it made before, however often it is sent.

    Raises NotFound, Invalid for an empty cart, Conflict when the sum is another one than was seen or something isn't
    sold any more, Shortage naming all editions with too few.
    """
    ordering = update(Cart).where(Cart.key == cart_key, Cart.ordered_at.is_(None)).values(ordered_at=at)
    mine = db.session.scalar(ordering.returning(Cart.key).execution_options(synchronize_session=False))
    if mine is None:
        first = db.session.scalars(select(Order).where(Order.cart_key == cart_key)).one_or_none()
        if first is None:
            raise NotFound("cart_not_found", N_("There is no such cart."))
        return first
    return _placed(_sold(demand_of(cart_key)), asked, cart_key=cart_key, actor=actor, at=at)


def place_for_customer(demand: Mapping[int, int], asked: Asked, *, key: str, actor: Actor, at: datetime) -> Order:
    """Order copies {edition id: copies} for a customer who telephoned; once for each key.

    Raises Invalid for a quantity or discount that can't be or a discount without a reason, and what `place` raises.
    """
    if len(demand) > MOST_LINES_BY_TELEPHONE:
        text = N_("One order takes at most %(most)d different editions. Place another one for the rest.")
        raise Invalid("order_full", text, most=MOST_LINES_BY_TELEPHONE)
    if not all(1 <= copies <= MOST_COPIES_BY_TELEPHONE for copies in demand.values()):
        text = N_("A quantity is from 1 to %(most)d.")
        raise Invalid("quantity_wrong", text, field="quantity", most=MOST_COPIES_BY_TELEPHONE)
    if asked.discount_percent and not asked.discount_reason.strip():
        raise Invalid("reason_missing", N_("Say why there is a discount."), field="discount_reason")

    def deed() -> int:
        return _placed(_sold(demand), asked, cart_key=None, actor=actor, at=at).id

    what = {"demand": demand, "asked": asked}
    return db.session.get_one(Order, answered(key, deed, kind="order.place", asked=what, actor=actor, at=at))


def _placed(sold: Sequence[_Sold], asked: Asked, *, cart_key: str | None, actor: Actor, at: datetime) -> Order:
    costs, lines = _reckoned(sold, asked)
    order = Order(
        key=secrets.token_urlsafe(16),
        cart_key=cart_key,
        origin=OrderOrigin.TELEPHONE if cart_key is None else OrderOrigin.STOREFRONT,
        payment_method=asked.payment_method,
        discount_percent=asked.discount_percent,
        discount_reason=asked.discount_reason.strip()[:200],
        total=costs.total,
        placed_at=at,
        **_contact(asked.customer),
    )
    patience = PATIENCE[asked.payment_method]
    order.expires_at = at + patience if patience else None
    db.session.add(order)
    db.session.flush()
    line_ids = _write_lines(order.id, sold, lines)
    demand = {each.edition_id: each.quantity for each in sold}
    stock.allocate(demand, lines=line_ids, cart_key=cart_key or "", places=sending_places(), at=at)
    audit.record(
        AuditCode.ORDER_PLACED, subject_of(order), actor=actor, at=at, changes={"total": [None, str(costs.total)]}
    )
    outbox.write("order.placed", key=f"order.placed:{order.id}", payload={"order": order.id}, at=at)
    return order


def _contact(customer: Customer) -> dict[str, str]:
    """What an order keeps of its customer. Raises Invalid at the field that is missing or too long."""
    given = {name: getattr(customer, name).strip() for name in MOST_LETTERS}
    given["name"] = " ".join(given["name"].split())
    if not given["name"]:
        raise Invalid("name_missing", N_("Say who gets the order."), field="name")
    if not given["phone"]:
        raise Invalid("phone_missing", N_("Give a telephone number: the delivery needs it."), field="phone")
    for name, most in MOST_LETTERS.items():
        if len(given[name]) > most:
            raise Invalid(f"{name}_long", TOO_LONG, field=name, most=most)
    return given


def _reckoned(sold: Sequence[_Sold], asked: Asked) -> tuple[Totals, list[Priced]]:
    """What it costs. Raises Invalid, Conflict when it is not what was seen."""
    if not sold:
        raise Invalid("cart_empty", N_("The cart is empty."))
    if not _can_be_discount(asked.discount_percent):
        raise Invalid("discount_wrong", DISCOUNT_WRONG, field="discount_percent")
    gone = [each.title for each in sold if not each.is_sold]
    if gone:
        raise Conflict("edition_not_sold", NOT_SOLD, titles="; ".join(gone))
    lines = [Priced(each.quantity, each.price, each.vat_rate, asked.discount_percent) for each in sold]
    costs = totals(lines)
    if costs.total != asked.total_seen:
        text = N_("Prices have changed: it is %(total)s now. Look at it and order again.")
        raise Conflict("total_changed", text, total=costs.total)
    return costs, lines


def _can_be_discount(percent: Decimal) -> bool:
    return percent.is_finite() and 0 <= percent <= 100 and percent == round(percent, 2)


def _sold(demand: Mapping[int, int]) -> list[_Sold]:
    is_sold = (Edition.archived_at.is_(None) & on_sale()).label("is_sold")
    rows = (
        select(Edition.id, Game.title, Edition.sku, Edition.price, Edition.vat_rate, is_sold)
        .join(Game, Game.id == Edition.game_id)
        .where(Edition.id.in_(demand))
        .order_by(Edition.id)
    )
    found = [_Sold(row.id, demand[row.id], *row[1:]) for row in db.session.execute(rows)]
    if len(found) < len(demand):
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return found


def _write_lines(order_id: int, sold: Sequence[_Sold], lines: Sequence[Priced]) -> dict[int, int]:
    """The lines of an order; {edition id: line id}."""
    rows = [
        {
            "order_id": order_id,
            "edition_id": each.edition_id,
            "quantity": each.quantity,
            "title": each.title,
            "sku": each.sku,
            "unit_price": each.price,
            "vat_rate": each.vat_rate,
            "total": priced.total,
            "vat": priced.vat,
        }
        for each, priced in zip(sold, lines, strict=True)
    ]
    written = db.session.execute(insert(OrderLine).returning(OrderLine.edition_id, OrderLine.id), rows)
    return {row.edition_id: row.id for row in written}


def subject_of(order: Order) -> Subject:
    """An order as the audit names it."""
    return Subject("customer_order", order.id, str(order.number))
