"""An order goes on: confirmed, picked, dispatched, delivered; or cancelled, and its copies are free again."""

from datetime import datetime

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode
from shop.db import db
from shop.errors import N_, Invalid
from shop.orders.models import Order, OrderLine
from shop.orders.operations.placing import subject_of
from shop.orders.rules.states import OrderDeed, OrderState, PaymentState, state_after
from shop.outbox import operations as outbox
from shop.rows import held
from shop.stock import operations as stock

_CODES = {
    OrderDeed.CONFIRM: AuditCode.ORDER_CONFIRMED,
    OrderDeed.PICK: AuditCode.ORDER_PICKED,
    OrderDeed.DISPATCH: AuditCode.ORDER_DISPATCHED,
    OrderDeed.DELIVER: AuditCode.ORDER_DELIVERED,
    OrderDeed.CANCEL: AuditCode.ORDER_CANCELLED,
}


def confirm(order_id: int, *, version: int, actor: Actor, at: datetime) -> Order:
    """Somebody has looked at an order and it goes on. Raises NotFound, Conflict."""
    return _moved(held(Order, order_id, version=version), OrderDeed.CONFIRM, actor=actor, at=at)


def pick(order_id: int, *, version: int, actor: Actor, at: datetime) -> Order:
    """Somebody collects its copies. Raises NotFound, Conflict."""
    return _moved(held(Order, order_id, version=version), OrderDeed.PICK, actor=actor, at=at)


def dispatch(order_id: int, *, version: int, actor: Actor, at: datetime) -> Order:
    """Its copies leave the shelves. Raises NotFound, Conflict."""
    order = _moved(held(Order, order_id, version=version), OrderDeed.DISPATCH, actor=actor, at=at)
    what = {"source_kind": "order", "source_key": str(order.number), "key": f"dispatch:{order.id}"}
    stock.dispatch(_lines_of(order), **what, actor=actor, at=at)
    return order


def deliver(order_id: int, *, version: int, actor: Actor, at: datetime) -> Order:
    """The customer has it. Raises NotFound, Conflict."""
    return _moved(held(Order, order_id, version=version), OrderDeed.DELIVER, actor=actor, at=at)


def cancel(order_id: int, *, reason: str, version: int | None = None, actor: Actor, at: datetime) -> Order:
    """Nothing comes of an order, and its copies are free again, once. Raises NotFound, Invalid without a reason,
    Conflict when it has left.
    """
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", N_("Say why: the reason stays with the order."), field="reason")
    order = _moved(held(Order, order_id, version=version), OrderDeed.CANCEL, actor=actor, at=at, reason=reason)
    stock.release(_lines_of(order))
    return order


def expire(order_id: int, *, actor: Actor, at: datetime) -> bool:
    """Cancel an order that was not paid in time; whether it was still to be cancelled. Raises NotFound."""
    order = held(Order, order_id)
    due = order.expires_at is not None and order.expires_at <= at
    if not due or order.payment is not PaymentState.UNPAID or order.state is not OrderState.PLACED:
        return False
    _moved(order, OrderDeed.CANCEL, code=AuditCode.ORDER_EXPIRED, actor=actor, at=at)
    stock.release(_lines_of(order))
    return True


def _moved(
    order: Order, deed: OrderDeed, *, code: AuditCode | None = None, actor: Actor, at: datetime, reason: str = ""
) -> Order:
    """`code` is what the audit and the outbox call it, where a deed has several causes."""
    before, order.state = order.state, state_after(order.state, deed)
    db.session.flush()
    code = code or _CODES[deed]
    changes = {"order_state": [before.value, order.state.value]}
    audit.record(code, subject_of(order), actor=actor, at=at, changes=changes, reason=reason[:500])
    outbox.write(code, key=f"{code}:{order.id}", payload={"order": order.id}, at=at)
    return order


def _lines_of(order: Order) -> dict[int, int]:
    """{line id: copies} of an order."""
    rows = select(OrderLine.id, OrderLine.quantity).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    return {row.id: row.quantity for row in db.session.execute(rows)}
