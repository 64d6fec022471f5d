"""What all commands share: who does what they do, when, and how a refusal is told."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import click
from flask_babel import gettext

from shop.audit.rules import Actor
from shop.errors import ShopError


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """The one place where a command catches the shop's refusals: one line and exit code 1."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except ShopError as refusal:
            click.echo(str(refusal), err=True)
            raise click.exceptions.Exit(1) from refusal

    return told


def at_the_console() -> Actor:
    """Who does what a command does."""
    return Actor.command(gettext("Command line"))


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
