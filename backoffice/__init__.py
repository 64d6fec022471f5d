"""What the staff use, by job: each folder has its screens, forms and templates together."""

from functools import cached_property
from pathlib import Path

from flask import Blueprint, Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

from backoffice import controls, site

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
    """Register the screens and their templates."""
    app.register_blueprint(Templates("backoffice", __name__))
    controls.init_app(app)
    site.init_app(app)
