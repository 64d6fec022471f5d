"""What the staff use, by job: each folder has its screens, forms and templates together; and the commands."""

from functools import cached_property
from pathlib import Path

from flask import Blueprint, Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

from backoffice import site
from backoffice.commands.staff import staff
from backoffice.commands.stock import stock

HERE = Path(__file__).parent
JOBS = ("today", "catalog", "stock", "reports", "staff")


class Templates(Blueprint):
    """Finds `backoffice/list.html` in `templates/`, and `backoffice/catalog/game.html` in `catalog/templates/`."""

    @cached_property
    def jinja_loader(self) -> BaseLoader:
        """The shared templates, then those of each job under its name."""
        of_jobs = {job: FileSystemLoader(HERE / job / "templates") for job in JOBS}
        return PrefixLoader({"backoffice": ChoiceLoader([FileSystemLoader(HERE / "templates"), PrefixLoader(of_jobs)])})


def init_app(app: Flask) -> None:
    """Register the screens, their templates and the commands."""
    app.register_blueprint(Templates("backoffice", __name__))
    site.init_app(app)
    app.cli.add_command(staff)
    app.cli.add_command(stock)
