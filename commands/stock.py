"""`flask stock verify`: recompute every number of the stock."""

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext, ngettext

from commands.console import now, plainly
from shop.stock import operations

stock = AppGroup("stock", help="The books of the stock.")


@stock.command("verify", help="Recompute the stock from its movements; exit code 1 at a difference.")
@plainly
def verify() -> None:
    """Verify."""
    check, drifts = operations.verify(at=now())
    levels, movements = check.levels, check.movements
    for drift in drifts:
        click.echo(str(drift), err=True)
    if drifts:
        click.echo(ngettext("%(num)d difference.", "%(num)d differences.", len(drifts)), err=True)
        sys.exit(1)
    told = gettext("The books agree: %(levels)d levels, %(movements)d movements.", levels=levels, movements=movements)
    click.echo(told)
