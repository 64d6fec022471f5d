"""Flask-Admin's menu as the pages draw it: only what one's role opens; and what every page shows at its edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, current_app, url_for
from flask_admin import Admin
from flask_admin.helpers import get_current_view
from flask_admin.menu import BaseMenu
from flask_babel import gettext
from flask_security import current_user

from backoffice.base import QUICK, Guarded
from shop.accounts.queries import demo_passwords_in_use
from shop.stock.queries.checks import latest_check
from shop.versions import Published
from web.languages import spoken
from web.signed_in import kept_for_staff


@dataclass(frozen=True)
class Item:
    """A screen, or a group of screens that one job needs; `quick` ones stand in the bar of a phone."""

    label: str
    url: str
    icon: str
    quick: bool
    open: bool
    items: Sequence["Item"] = ()


def menu_items() -> list[Item]:
    """What the signed-in person may open, in the order of the jobs; the same for all with the same permissions.

    Who opens no job has the page of their own devices.
    """
    view = get_current_view()
    what = "menu", current_user.permissions, spoken(), getattr(view, "endpoint", "")
    items: list[Item] = kept_for_staff(what, (Published.WORDS,), lambda: _items(view))
    return items


def _items(view: object) -> list[Item]:
    admin: Admin = current_app.extensions["admin"][0]
    shown = (_item(each, view) for each in admin.menu() if each.is_accessible() and each.is_visible())
    return [item for item in shown if item is not None] or [_own_devices(view)]


def _own_devices(view: object) -> Item:
    open_now = getattr(view, "endpoint", "") == "devices"
    return Item(gettext("My devices"), url_for("devices.index"), "staff", quick=True, open=open_now)


def way_on() -> tuple[str, str]:
    """Where a refusal leads: the first page of the screen that was asked, if it opens, or of all; its address, name."""
    view = get_current_view()
    if isinstance(view, Guarded) and view.in_menu and view.is_accessible():
        return view.get_url(f".{view._default_view}"), gettext(view.title)
    first = menu_items()[0]
    return first.url, first.label


def _item(entry: BaseMenu, view: object) -> Item | None:
    """An entry in words; a group takes its icon from its first screen. None for a group of which nothing is shown."""
    label, open_now = gettext(entry.name), bool(entry.is_active(view))
    if not entry.is_category():
        quick = QUICK in entry.get_class_name()
        return Item(label, entry.get_url() or "", entry.get_icon_value() or "", quick, open_now)
    items = [item for child in entry.get_children() if (item := _item(child, view))]
    if not items:
        return None
    icon = next(child.get_icon_value() or "" for child in entry._children)
    return Item(label, items[0].url, icon, any(item.quick for item in items), open_now, items)


def stock_badge() -> Any:
    """The last verification of the stock, None before the first."""
    return kept_for_staff("badge", (Published.STOCK,), latest_check)


def demo_passwords_open() -> bool:
    """Whether the demo's passwords still open the shop; asked in a demo only."""
    in_use = partial(kept_for_staff, "demo passwords", (Published.STAFF,), demo_passwords_in_use)
    return bool(current_app.config["DEMO"]) and in_use()


def init_app(app: Flask) -> None:
    """Give the templates these."""
    app.jinja_env.globals.update(
        menu_items=menu_items, stock_badge=stock_badge, demo_passwords_open=demo_passwords_open, way_on=way_on
    )
