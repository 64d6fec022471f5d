"""How many copies of each edition stand where, with the deeds one click away."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import gettext

from backoffice.lists import Column, Filter, ListState
from backoffice.stock.deed_forms import location_choices
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.paging import Page
from shop.stock.queries.levels import LevelFilter, exported_levels, levels

STATES = (("stocked", N_("can be promised")), ("low", N_("running low")), ("empty", N_("nothing left")))


class Levels(Table):
    """How many copies of each edition stand where."""

    category = N_("Stock")
    icon = "stock"
    quick = True
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
    row_template = "backoffice/stock/levels_rows.html"
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

    def rows(self, state: ListState) -> Page[Any]:
        """One page of levels."""
        return levels(_levels(state), down=state.down, place=state.place, size=self.page_size)

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every level that the list shows."""
        return exported_levels(_levels(state))


def _levels(state: ListState) -> LevelFilter:
    return LevelFilter(search=state.search, location_id=state.number("location"), state=state.filters.get("state", ""))
