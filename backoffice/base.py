"""The one guard of all screens: who may open what, and what happens when the shop refuses."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms import Form

from shop.accounts.rules import Permission
from shop.audit.fields import may_see
from shop.db import in_transaction
from shop.errors import NotFound, ShopError
from web.accounts import fresh_sign_in_required
from web.errors import wants_json

Result = TypeVar("Result")
ANYONE = "anyone signed in"
LINE_ICON = "line"
QUICK = "quick"
_OWN_PAGE = re.compile(r"(?!.*//)/admin/[^\s\\\x00-\x1f\x7f]*")


class Guarded(BaseView):
    """A screen whose every view names the permission that opens it; a view that names none has no address.

    A key of `permissions` is the name of a view, or `POST edit_view` where sending needs another permission than
    reading. Views in `asks_again` want the password anew when the person signed in a while ago.
    """

    permissions: Mapping[str, Permission | str] = {}
    asks_again: Iterable[str] = ()
    title = ""
    short_title = ""
    category: str | None = None
    icon = ""
    quick = False
    in_menu = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **self._menu_words(), **options)

    def _menu_words(self) -> dict[str, Any]:
        """What Flask-Admin's menu is told of the screen, as its constructors take it."""
        return {
            "name": self.short_title or self.title,
            "category": self.category,
            "menu_class_name": QUICK if self.quick else "",
            "menu_icon_type": LINE_ICON,
            "menu_icon_value": self.icon,
        }

    def create_blueprint(self, admin: Any) -> Any:
        """The screen's addresses, without those of the views that name no permission."""
        exposed = vars(type(self))["_urls"]  # gathered by Flask-Admin's metaclass for each class
        self._urls = [(url, name, methods) for url, name, methods in exposed if name in self.permissions]
        return super().create_blueprint(admin)

    def is_accessible(self) -> bool:
        """Whether the signed-in person may open the screen's first page."""
        return self.opens(str(self._default_view))

    def is_visible(self) -> bool:
        """Whether the menu names the screen; others are reached from a page."""
        return self.in_menu

    def opens(self, view: str, method: str = "GET") -> bool:
        """Whether the signed-in person may open a view of this screen."""
        needed = self.permissions.get(f"{method} {view}", self.permissions.get(view))
        if needed is None or not current_user.is_authenticated:
            return False
        return needed == ANYONE or current_user.may(needed)

    def _handle_view(self, name: str, **_: Any) -> Response | None:
        if not current_user.is_authenticated:
            if request.method == "GET":
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            abort(403)
        if not self.opens(name, request.method):
            abort(403)
        return _asked_again() if name in self.asks_again else None

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Flask-Admin calls a view again when it raises TypeError, and so hides the first error; this doesn't.

        A refusal of a deed that has no form of its own goes back to where the button was, in words.
        """
        try:
            return fn(self, *args, **kwargs)
        except ShopError as refusal:
            if request.method != "POST" or isinstance(refusal, NotFound) or wants_json():
                raise
            flash(str(refusal), "bad")
            return redirect(self.back(), 303)

    def back(self) -> str:
        """The page of ours from which the request came, or the screen's first one."""
        came_from = request.form.get("back") or request.args.get("back") or ""
        return came_from if _OWN_PAGE.fullmatch(came_from) else self.get_url(f".{self._default_view}")

    def attempt(self, form: Form, deed: Callable[[], Result]) -> Result | None:
        """Do a deed in one transaction; a refusal stands beside the form's field, and what was typed is kept."""
        try:
            return in_transaction(deed)
        except NotFound:
            raise
        except ShopError as refusal:
            place_refusal(form, refusal)
            return None


@fresh_sign_in_required
def _asked_again() -> None:
    """Nothing when the person signed in lately; otherwise the answer that asks for the password."""


def place_refusal(form: Any, refusal: ShopError) -> None:
    """Put a refusal beside the lines or the field that it names, else above the form, which keeps its code.

    The template tells at its top what stands beside fields and lines, and leads there.
    """
    form.refused_by = refusal.code
    if refusal.lines and hasattr(form, "mark_lines"):
        form.mark_lines(refusal)
        return
    field = _field_named(form, refusal.field or "")
    if field is None:
        form.form_errors.append(str(refusal))
        return
    field.errors = [*field.errors, str(refusal)]


def _field_named(form: Any, name: str) -> Any:
    """A field of the form, or of one of its rows: `editions-1-price`."""
    if name in form:
        return form[name]
    rows, _, rest = name.partition("-")
    place, _, field = rest.partition("-")
    if rows in form and place.isdigit() and int(place) < len(form[rows].entries):
        row = form[rows].entries[int(place)].form
        return row._fields.get(field)
    return None


def now() -> datetime:
    """This moment, read once at the edge."""
    return datetime.now(UTC)


def number_in(text: str) -> int | None:
    """A row's number out of an address or a form; None when it can't be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def sees(field: str) -> bool:
    """Whether the signed-in person may see a field: what a thing cost, what it is worth."""
    return may_see(field, current_user.permissions)


def may(permission: Permission) -> bool:
    """Whether the signed-in person may do a deed."""
    return bool(current_user.is_authenticated and current_user.may(permission))
