"""Whether orders and claims agree: an order that waits has its copies, one that is over has none, each is told once."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, String, case, cast, func, literal, select

from shop.orders.models import Order, OrderLine
from shop.orders.rules.states import CLAIMING
from shop.outbox.models import OutboxMessage
from shop.stock.models import Allocation
from shop.stock.queries.checks import MOST_DRIFTS, Drift


def drifts(connection: Connection) -> list[Drift]:
    """What differs, on a connection that sees one moment; at most 100."""
    checks = (_lines, _totals, _strays, _letters)
    return list(islice((drift for check in checks for drift in check(connection)), MOST_DRIFTS))


def _lines(connection: Connection) -> Iterator[Drift]:
    """The copies that a line claims are those that it is of, while its order claims any."""
    claimed = func.coalesce(func.sum(Allocation.quantity), 0)
    wanted = case((Order.state.in_(CLAIMING), OrderLine.quantity), else_=0)
    rows = (
        select(OrderLine.id, claimed.label("claimed"), wanted.label("wanted"))
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(Allocation, Allocation.order_line_id == OrderLine.id)
        .group_by(OrderLine.id, OrderLine.quantity, Order.state)
        .having(claimed != wanted)
        .order_by(OrderLine.id)
    )
    for row in connection.execute(rows):
        yield Drift(f"order_line#{row.id}", "allocated", int(row.claimed), row.wanted)


def _totals(connection: Connection) -> Iterator[Drift]:
    """What an order costs is the sum of its lines and its delivery."""
    goods = func.coalesce(func.sum(OrderLine.total), 0)
    rows: Any = (
        select(Order.id, Order.total, (goods + Order.delivery_price).label("sum"))
        .outerjoin(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id, Order.total, Order.delivery_price)
        .having(Order.total != goods + Order.delivery_price)
        .order_by(Order.id)
    )
    for row in connection.execute(rows):
        yield Drift(f"customer_order#{row.id}", "total", row.total, row.sum)


def _strays(connection: Connection) -> Iterator[Drift]:
    """No copies are claimed for a line that isn't there."""
    rows = select(Allocation.id, Allocation.order_line_id).outerjoin(
        OrderLine, OrderLine.id == Allocation.order_line_id
    )
    for row in connection.execute(rows.where(OrderLine.id.is_(None)).order_by(Allocation.id)):
        yield Drift(f"allocation#{row.id}", "order_line_id", row.order_line_id, "a line that is there")


def _letters(connection: Connection) -> Iterator[Drift]:
    """Each order has left its message in the outbox."""
    key = literal("order.placed:") + cast(Order.id, String)
    rows = select(Order.id).outerjoin(OutboxMessage, OutboxMessage.key == key)
    for row in connection.execute(rows.where(OutboxMessage.id.is_(None)).order_by(Order.id)):
        yield Drift(f"customer_order#{row.id}", "message of having been placed", 0, 1)
