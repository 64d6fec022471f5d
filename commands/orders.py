"""`flask orders`: cancel what was not paid in time, and compare orders with the copies that they claim."""

import sys
from functools import partial

import click
from flask.cli import AppGroup
from flask_babel import gettext, ngettext

from commands.console import at_the_console, now, plainly
from shop.db import in_transaction, snapshot
from shop.orders import operations
from shop.orders.queries.checks import drifts
from shop.orders.queries.orders import due_orders
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
    """Expire, each order in a transaction of its own."""
    at, actor = now(), at_the_console()
    due = due_orders(at=at)
    count = sum(in_transaction(partial(operations.expire, each, actor=actor, at=at)) for each in due)
    copies = in_transaction(partial(stock.let_expired_go, at=at))
    click.echo(ngettext("%(num)d unpaid order cancelled.", "%(num)d unpaid orders cancelled.", count))
    click.echo(ngettext("%(num)d held copy let go.", "%(num)d held copies let go.", copies))
