"""`flask demo load`."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from demo.load import PASSWORD, PEOPLE, load
from web.passwords import new_password

demo = AppGroup("demo", help="The demo catalogue.")


@demo.command("load", help="Load the demo catalogue, its stock and its sign-ins; what is there already stays.")
def load_command() -> None:
    """Load, and print the sign-ins."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("DEMO is off: known passwords would open a real shop. Set DEMO=true first.")
    load(at=datetime.now(UTC), password=new_password(PASSWORD))
    for email, name, role in PEOPLE:
        click.echo(f"  {email:26} {PASSWORD}   {name} ({role})")
