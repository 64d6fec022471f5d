"""What the staff use: Flask-Admin screens, forms and commands."""

from flask import Blueprint, Flask

from backoffice import site
from backoffice.commands.staff import staff
from backoffice.commands.stock import stock


def init_app(app: Flask) -> None:
    """Register the screens, their templates and the commands."""
    app.register_blueprint(Blueprint("backoffice", __name__, template_folder="templates"))
    site.init_app(app)
    app.cli.add_command(staff)
    app.cli.add_command(stock)
