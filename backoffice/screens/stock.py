"""The stock as lists: levels with the deeds one click away, movements, locations."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField

from backoffice.base import now, number_in
from backoffice.forms.deeds import location_choices
from backoffice.forms.fields import NumberField, Required
from backoffice.tables import Column, Filter, ListState, Table
from shop.accounts.queries import all_accounts
from shop.accounts.rules import Permission
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from shop.stock.models import Location, StockLevel, StockMovement
from shop.stock.operations import places
from shop.stock.queries import lists
from shop.stock.queries.holdings import location_by_id
from shop.stock.queries.lists import LevelFilter, MovementFilter
from shop.stock.rules import MovementKind
from web.accounts import current_actor
from web.labels import choices

STATES = (("stocked", N_("can be promised")), ("low", N_("running low")), ("empty", N_("nothing left")))


class Levels(Table):
    """How many copies of each edition stand where."""

    section = "stock"
    title = N_("Levels")
    permissions = {"index_view": Permission.STOCK_READ, "export": Permission.STOCK_READ}
    columns = (
        Column(N_("Edition"), sort="title"),
        Column(N_("Location")),
        Column(N_("On hand"), css="num"),
        Column(N_("Promised"), css="num"),
        Column(N_("Can be promised"), css="num"),
        Column(""),
    )
    first_sort = "title"
    row_template = "backoffice/rows/levels.html"
    searches = N_("Title, publisher, SKU or barcode")
    empty = N_("No copies are booked like that. Receive a delivery, and they appear here.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("location", N_("Location"), choices=location_choices),
        Filter("state", N_("State"), choices=lambda: [(value, gettext(text)) for value, text in STATES]),
    )
    export_header = (
        N_("Title"),
        N_("SKU"),
        N_("Barcode"),
        N_("Location"),
        N_("On hand"),
        N_("Allocated"),
        N_("Held"),
    )

    def rows(self, state: ListState) -> Page[StockLevel]:
        """One page of levels."""
        return lists.levels(_levels(state), down=state.down, number=state.page, size=self.page_size)

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every level that the list shows."""
        return lists.exported_levels(_levels(state))


class Movements(Table):
    """Every change of the stock, the newest first."""

    section = "stock"
    title = N_("Movements")
    permissions = {"index_view": Permission.STOCK_READ, "export": Permission.STOCK_READ}
    columns = (
        Column(N_("When")),
        Column(N_("What happened")),
        Column(N_("Edition")),
        Column(N_("Who")),
        Column(N_("Change"), css="num"),
        Column(N_("Became"), css="num"),
    )
    row_template = "backoffice/rows/movements.html"
    searches = N_("Title, publisher, SKU or barcode")
    empty = N_("Nothing moved like that.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("kind", N_("What happened"), choices=lambda: choices(MovementKind)),
        Filter("location", N_("Location"), choices=location_choices),
        Filter("actor", N_("Who"), choices=lambda: [(str(each.id), each.name) for each in all_accounts()]),
        Filter("since", N_("From day"), kind="date"),
        Filter("until", N_("To day"), kind="date"),
    )
    export_header = (
        N_("When"),
        N_("What happened"),
        N_("Title"),
        N_("SKU"),
        N_("Location"),
        N_("Change"),
        N_("Became"),
        N_("Document"),
        N_("Supplier’s document"),
        N_("Who"),
        N_("Reason"),
    )

    def rows(self, state: ListState) -> Page[StockMovement]:
        """One page of movements."""
        return lists.movements(_movements(state), number=state.page, size=self.page_size)

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every movement that the list shows."""
        return lists.exported_movements(_movements(state))


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
    row_template = "backoffice/rows/locations.html"
    add_label = N_("Add a location")
    empty = N_("There is no location yet.")

    def rows(self, state: ListState) -> Page[Location]:
        """One page of locations."""
        return lists.locations(number=state.page, size=self.page_size)

    def beside(self, page: Page[Location]) -> dict[str, Any]:
        """How many copies each holds."""
        return {"copies": lists.copies_at([location.id for location in page.rows])}

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str:
        """Add a location."""
        form = LocationForm()
        if form.validate_on_submit():
            added = self.attempt(
                form, lambda: places.add_location(form.name.data or "", actor=current_actor(), at=now())
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
                lambda: places.rename_location(
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
            places.archive_location(location_id, actor=current_actor(), at=now())
        return redirect(self.get_url(".index_view"), 303)

    @expose("/<int(max=2147483647):location_id>/restore/", methods=("POST",))
    def restore(self, location_id: int) -> Response:
        """Use a location again."""
        with transaction():
            places.restore_location(location_id, actor=current_actor(), at=now())
        return redirect(self.get_url(".index_view"), 303)


def _levels(state: ListState) -> LevelFilter:
    return LevelFilter(search=state.search, location_id=state.number("location"), state=state.filters.get("state", ""))


def _movements(state: ListState) -> MovementFilter:
    kind = state.filters.get("kind", "")
    return MovementFilter(
        search=state.search,
        kind=MovementKind(kind) if kind in set(MovementKind) else None,
        location_id=state.number("location"),
        actor_id=state.number("actor"),
        since=state.day_start("since"),
        until=state.day_start("until", plus_days=1),
    )
