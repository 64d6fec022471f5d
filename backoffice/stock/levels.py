"""How many copies of each edition stand where, with the deeds one click away."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from flask_admin.actions import action
from flask_babel import gettext, lazy_gettext

from backoffice.base import now
from backoffice.chosen import labels_page, reprice_page
from backoffice.lists import Column, Filter, ListState, View
from backoffice.stock.deed_forms import location_choices
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.paging import Page
from shop.stock.queries.levels import (
    LevelFilter,
    LevelSort,
    editions_of_levels,
    exported_levels,
    found_levels,
    level_counts,
    levels,
)
from shop.stock.rules import level_state
from shop.versions import Published
from web.signed_in import kept_for_staff

STATES = (
    ("stocked", N_("available")),
    ("low", N_("running low")),
    ("empty", N_("not in stock")),
    ("still", N_("still for 90 days")),
)
STILL_DAYS = 90


class Levels(Table):
    """How many copies of each edition stand where."""

    category = N_("Stock")
    icon = "stock"
    quick = True
    title = N_("Levels")
    permissions = {
        "index_view": Permission.STOCK_READ,
        "export": Permission.STOCK_READ,
        "action_view": Permission.STOCK_READ,
        "action:labels": Permission.STOCK_READ,
        "action:reprice": Permission.PRICE_WRITE,
    }
    columns = (
        Column(N_("Edition"), css="name", sort=LevelSort.TITLE),
        Column(N_("Location"), css="loc"),
        Column(N_("On hand"), css="num", sort=LevelSort.ON_HAND),
        Column(N_("Reserved"), css="num"),
        Column(N_("Available"), css="num"),
        Column(N_("State")),
        Column(N_("Deeds"), css="k"),
    )
    first_sort = LevelSort.TITLE
    dense = True
    row_template = "backoffice/stock/levels_rows.html"
    searches = N_("Title, publisher, SKU or barcode")
    empty = N_("No such stock levels. Receive a delivery, and they appear here.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("location", N_("Location"), choices=location_choices),
        Filter("state", N_("State"), choices=lambda: [(value, gettext(text)) for value, text in STATES]),
    )
    export_header = (
        N_("Title"),
        N_("SKU"),
        N_("Barcode"),
        N_("Language"),
        N_("Condition"),
        N_("Location"),
        N_("On hand"),
        N_("Reserved"),
        N_("Available"),
        N_("State"),
    )

    def rows(self, state: ListState) -> Page[Any]:
        """One page of levels."""
        return levels(_levels(state), sort=_sort(state), down=state.down, place=state.place, size=self.page_size)

    def views(self) -> Sequence[View]:
        """All of them, and those that want something."""
        counted, low = kept_for_staff("level counts", (Published.STOCK,), level_counts)
        return (
            View(N_("All"), {}, counted),
            View(N_("Low"), {"state": "low"}, low, hot=True),
            View(N_("Nothing left"), {"state": "empty"}),
            View(N_("Still for 90 days"), {"state": "still"}),
        )

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """How a level stands to its threshold."""
        return {"level_state": level_state}

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every level that the list shows, in its order, with its columns."""
        for row in exported_levels(_levels(state), sort=_sort(state), down=state.down):
            promised = row.allocated + row.held
            of_edition = row.title, row.sku, row.ean13, row.language, row.condition, row.location
            yield *of_edition, row.on_hand, promised, row.available, level_state(row.available, row.low_at)

    def found(self, state: ListState, most: int) -> Sequence[int]:
        """The levels that the list finds."""
        return found_levels(_levels(state), most=most)

    @action("reprice", lazy_gettext("Change prices"))
    def action_reprice(self, ids: list[int]) -> str:
        """Ask by how much the prices of their editions change."""
        return reprice_page(self, editions_of_levels(ids))

    @action("labels", lazy_gettext("Shelf labels"))
    def action_labels(self, ids: list[int]) -> str:
        """Labels of their editions to print."""
        return labels_page(self, editions_of_levels(ids))


def _sort(state: ListState) -> LevelSort:
    return LevelSort(state.sort or LevelSort.TITLE)


def _levels(state: ListState) -> LevelFilter:
    asked = state.filters.get("state", "")
    return LevelFilter(
        search=state.search,
        location_id=state.number("location"),
        state=asked,
        still_since=now() - timedelta(days=STILL_DAYS) if asked == "still" else None,
    )
