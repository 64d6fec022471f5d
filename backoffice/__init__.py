"""What the staff use: Flask-Admin screens, forms and commands."""

from flask import Flask

from backoffice.commands.staff import staff
from backoffice.commands.stock import stock


def init_app(app: Flask) -> None:
    """Register the screens and commands."""
    app.cli.add_command(staff)
    app.cli.add_command(stock)
