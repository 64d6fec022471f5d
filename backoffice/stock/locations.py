"""The places that hold copies."""

from datetime import datetime
from typing import Any

from flask import redirect
from flask_admin import expose
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from backoffice.base import now
from backoffice.fields import Required
from backoffice.forms import RowForm
from backoffice.lists import Column, ListState
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.db import in_transaction
from shop.errors import N_
from shop.paging import Page
from shop.stock import operations as stock
from shop.stock.queries.locations import location_by_id, locations
from web.accounts import current_actor


class LocationForm(RowForm):
    """The name of a location."""

    name = StringField(_l("Name"), [Required()], description=_l("A shop, a storeroom or a shelf."))


class Locations(Table):
    """The places that hold copies."""

    category = N_("Stock")
    icon = "stock"
    quick = True
    title = N_("Locations")
    permissions = {
        "index_view": Permission.STOCK_READ,
        "create_view": Permission.STOCK_WRITE,
        "edit_view": Permission.STOCK_READ,
        "POST edit_view": Permission.STOCK_WRITE,
        "archive": Permission.STOCK_WRITE,
        "restore": Permission.STOCK_WRITE,
    }
    columns = (Column(N_("Name")), Column(N_("Copies"), css="num"), Column(""))
    row_template = "backoffice/stock/locations_rows.html"
    add_label = N_("Add a location")
    empty = N_("There is no location yet.")
    form_class = LocationForm
    new_heading = N_("A new location")

    def rows(self, state: ListState) -> Page[Any]:
        """One page of locations."""
        return locations(place=state.place, size=self.page_size)

    def row(self, row_id: int) -> Any:
        """A location."""
        return location_by_id(row_id)

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Any:
        """Add a location."""
        return stock.add_location(form.name.data, actor=actor, at=at)

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Any:
        """Rename a location."""
        return stock.rename_location(row_id, form.name.data, version=form.version.data, actor=actor, at=at)

    @expose("/<int(max=2147483647):location_id>/archive/", methods=("POST",))
    def archive(self, location_id: int) -> Response:
        """Stop using an empty location."""
        actor, at = current_actor(), now()
        in_transaction(lambda: stock.archive_location(location_id, actor=actor, at=at))
        return redirect(self.back(), 303)

    @expose("/<int(max=2147483647):location_id>/restore/", methods=("POST",))
    def restore(self, location_id: int) -> Response:
        """Use a location again."""
        actor, at = current_actor(), now()
        in_transaction(lambda: stock.restore_location(location_id, actor=actor, at=at))
        return redirect(self.back(), 303)
