"""Every change of the stock, the newest first."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from backoffice.lists import Column, Filter, ListState
from backoffice.stock.deed_forms import location_choices
from backoffice.tables import Table
from shop.accounts.queries import all_accounts
from shop.accounts.rules import Permission
from shop.catalog.rules.spelling import sort_key
from shop.errors import N_
from shop.paging import Page
from shop.stock.queries.movements import MovementFilter, exported_movements, movements
from shop.stock.rules import MovementKind
from web.labels import choices


class Movements(Table):
    """Every change of the stock, the newest first."""

    category = N_("Stock")
    icon = "stock"
    quick = True
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
    row_template = "backoffice/stock/movements_rows.html"
    searches = N_("Title, publisher, SKU or barcode")
    empty = N_("No such movements.")
    filters: ClassVar[Sequence[Filter]] = (
        Filter("kind", N_("What happened"), choices=lambda: choices(MovementKind)),
        Filter("location", N_("Location"), choices=location_choices),
        Filter("actor", N_("Who"), choices=lambda: _people()),
        Filter("since", N_("From date"), kind="date"),
        Filter("until", N_("To date"), kind="date"),
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

    def rows(self, state: ListState) -> Page[Any]:
        """One page of movements."""
        return movements(_movements(state), place=state.place, size=self.page_size)

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every movement that the list shows."""
        return exported_movements(_movements(state))


def _people() -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in sorted(all_accounts(), key=lambda each: sort_key(each.name))]


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
