"""`flask stock verify`: recompute every number of the stock."""

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext, ngettext

from commands.console import now, plainly
from shop.stock import operations
from web.drifts import drift_words
from web.formats import number

stock = AppGroup("stock", help="The books of the stock.")


@stock.command("verify", help="Recompute the stock from its movements; exit code 1 at a difference.")
@plainly
def verify() -> None:
    """Verify."""
    check, drifts = operations.verify(at=now())
    for drift in drifts:
        click.echo(drift_words(drift), err=True)
    if drifts:
        click.echo(ngettext("%(num)d difference.", "%(num)d differences.", len(drifts)), err=True)
        sys.exit(1)
    levels, movements = number(check.levels), number(check.movements)
    told = gettext(
        "Stock records agree: %(levels)s levels, %(movements)s movements.", levels=levels, movements=movements
    )
    click.echo(told)
