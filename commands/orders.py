"""`flask orders`: cancel what was not paid in time, and compare orders with the copies that they claim."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

import click
from flask.cli import AppGroup
from flask_babel import gettext, ngettext
from sqlalchemy.exc import SQLAlchemyError

from commands.console import at_the_console, now, plainly
from shop.db import db, in_transaction, snapshot
from shop.errors import ShopError
from shop.orders import operations
from shop.orders.queries.checks import drifts
from shop.orders.queries.orders import due_orders
from shop.orders.rules.numbers import number_of
from shop.stock import operations as stock

orders = AppGroup("orders", help="Orders and what they claim.")


@orders.command("verify", help="Compare orders with the copies that they claim; exit code 1 at a difference.")
@plainly
def verify() -> None:
    """Verify."""
    with snapshot() as connection:
        found = drifts(connection)
    for drift in found:
        click.echo(str(drift), err=True)
    if found:
        click.echo(ngettext("%(num)d difference.", "%(num)d differences.", len(found)), err=True)
        sys.exit(1)
    click.echo(gettext("Orders and what they claim agree."))


@orders.command("expire", help="Cancel orders that were not paid in time, and let expired holds of carts go.")
@plainly
def expire() -> None:
    """Expire, each order in a transaction of its own: one that fails stops neither the others nor the holds."""
    at = now()
    copies = sum(_batches(partial(stock.let_expired_go, at=at)))
    click.echo(ngettext("%(num)d held copy let go.", "%(num)d held copies let go.", copies))
    sum(_batches(partial(operations.forget_old, at=at)))
    count, failed = _cancel_due(at)
    click.echo(ngettext("%(num)d unpaid order cancelled.", "%(num)d unpaid orders cancelled.", count))
    if failed:
        sys.exit(1)


def _batches(deed: Callable[[], int]) -> Iterator[int]:
    """Do a deed, each time in a transaction of its own, until it finds nothing more; how many it found each time."""
    while found := in_transaction(deed):
        yield found


def _cancel_due(at: datetime) -> tuple[int, int]:
    """How many orders were cancelled, and how many could not be, which are told one by one."""
    actor, count, failed = at_the_console(), 0, 0
    passed: set[int] = set()
    while due := _due(at, passed):
        for order_id in due:
            try:
                count += in_transaction(partial(operations.expire, order_id, actor=actor, at=at))
            except (ShopError, SQLAlchemyError) as error:
                failed += 1
                passed.add(order_id)
                why = str(error) if isinstance(error, ShopError) else type(error).__name__
                text = gettext("Order %(number)d was not cancelled: %(why)s", number=number_of(order_id), why=why)
                click.echo(text, err=True)
    return count, failed


def _due(at: datetime, passed: set[int]) -> Sequence[int]:
    due = due_orders(at=at, without=passed)
    db.session.rollback()
    return due
