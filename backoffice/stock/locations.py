"""The places that hold copies."""

from typing import Any

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField

from backoffice.base import now, number_in
from backoffice.fields import NumberField, Required
from backoffice.tables import Column, ListState, Table
from shop.accounts.rules import Permission
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page, Place
from shop.stock import operations as stock
from shop.stock.queries.locations import location_by_id, locations
from web.accounts import current_actor


class LocationForm(FlaskForm):
    """The name of a location."""

    version = NumberField()
    name = StringField(_l("Name"), [Required()], description=_l("A shop, a storeroom or a shelf."))


class Locations(Table):
    """The places that hold copies."""

    section = "stock"
    title = N_("Locations")
    permissions = {
        "index_view": Permission.STOCK_READ,
        "create_view": Permission.STOCK_WRITE,
        "edit_view": Permission.STOCK_WRITE,
        "archive": Permission.STOCK_WRITE,
        "restore": Permission.STOCK_WRITE,
    }
    columns = (Column(N_("Name")), Column(N_("Copies"), css="num"), Column(""))
    row_template = "backoffice/stock/locations_rows.html"
    add_label = N_("Add a location")
    empty = N_("There is no location yet.")

    def rows(self, state: ListState) -> Page[Any]:
        """One page of locations."""
        return locations(place=Place(state.page), size=self.page_size)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str:
        """Add a location."""
        form = LocationForm()
        if form.validate_on_submit():
            added = self.attempt(
                form, lambda: stock.add_location(form.name.data or "", actor=current_actor(), at=now())
            )
            if added is not None:
                flash(gettext("“%(name)s” is added.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
        return str(self.render("backoffice/simple_form.html", form=form, heading=gettext("A new location")))

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Response | str:
        """Rename a location."""
        location = location_by_id(number_in(request.args.get("id", "")) or 0)
        form = LocationForm(data={"version": location.version, "name": location.name})
        if form.validate_on_submit():
            renamed = self.attempt(
                form,
                lambda: stock.rename_location(
                    location.id, form.name.data or "", version=form.version.data, actor=current_actor(), at=now()
                ),
            )
            if renamed is not None:
                flash(gettext("“%(name)s” is saved.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
            form.version.data = location_by_id(location.id).version
        return str(self.render("backoffice/simple_form.html", form=form, heading=location.name))

    @expose("/<int(max=2147483647):location_id>/archive/", methods=("POST",))
    def archive(self, location_id: int) -> Response:
        """Stop using an empty location."""
        with transaction():
            stock.archive_location(location_id, actor=current_actor(), at=now())
        return redirect(self.get_url(".index_view"), 303)

    @expose("/<int(max=2147483647):location_id>/restore/", methods=("POST",))
    def restore(self, location_id: int) -> Response:
        """Use a location again."""
        with transaction():
            stock.restore_location(location_id, actor=current_actor(), at=now())
        return redirect(self.get_url(".index_view"), 303)
