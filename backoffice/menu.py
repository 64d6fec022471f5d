"""The sidebar: sections by job, only what one's role opens; and what every page shows at its edges."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from flask_admin import Admin
from flask_babel import gettext

from shop.accounts.queries import demo_passwords_in_use
from shop.errors import N_
from shop.stock.models import StockCheck
from shop.stock.queries.checks import latest_check


@dataclass(frozen=True)
class Item:
    """A screen in the menu."""

    label: str
    endpoint: str
    url: str


@dataclass(frozen=True)
class Section:
    """Screens that one job needs."""

    name: str
    label: str
    icon: str
    items: list[Item]
    quick: bool
    badge: str = ""

    @property
    def url(self) -> str:
        """The first screen that the person may open."""
        return self.items[0].url


SECTIONS = (
    ("today", N_("Today"), "today", True, ("admin",)),
    ("catalog", N_("Catalogue"), "catalog", True, ("games", "prices", "publishers", "categories", "mechanics")),
    ("receive", N_("Receive"), "scan", True, ("receipts",)),
    (
        "stock",
        N_("Stock"),
        "stock",
        True,
        ("levels", "movements", "write_offs", "transfers", "locations", "checks"),
    ),
    ("reports", N_("Reports"), "reports", False, ("holdings", "audit")),
    ("staff", N_("Staff"), "staff", False, ("staff", "roles")),
)


def menu_sections() -> list[Section]:
    """The sections for the signed-in person."""
    if "menu_sections" not in g:
        admin: Admin = current_app.extensions["admin"][0]
        views: dict[str, Any] = {view.endpoint: view for view in admin._views}
        sections = []
        for name, label, icon, quick, endpoints in SECTIONS:
            opened = [views[endpoint] for endpoint in endpoints if views[endpoint].is_accessible()]
            items = [
                Item(gettext(view.title), view.endpoint, view.get_url(f"{view.endpoint}.{view.first_view}"))
                for view in opened
            ]
            if items:
                sections.append(Section(name, gettext(label), icon, items, quick))
        g.menu_sections = sections
    return list(g.menu_sections)


def stock_badge() -> StockCheck | None:
    """The last verification of the stock."""
    return latest_check()


def demo_passwords_open() -> bool:
    """Whether the demo's passwords still open the shop; asked in a demo only."""
    return bool(current_app.config["DEMO"]) and demo_passwords_in_use()


def init_app(app: Flask) -> None:
    """Give the templates these."""
    app.jinja_env.globals.update(
        menu_sections=menu_sections, stock_badge=stock_badge, demo_passwords_open=demo_passwords_open
    )
