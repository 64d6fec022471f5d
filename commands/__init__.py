"""What a shell uses: `flask staff`, `flask stock`, `flask orders`, `flask demo`; each prints a line of text."""

from flask import Flask

from commands.demo import demo
from commands.orders import orders
from commands.staff import staff
from commands.stock import stock
from demo.load import PASSWORD


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.config["DEMO_PASSWORD"] = PASSWORD
    for group in (demo, orders, staff, stock):
        app.cli.add_command(group)
