"""Lists of rows over Flask-Admin's ModelView: filters and sorting in the address, pages, one template."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import abort, request, url_for
from flask_admin import expose
from flask_admin.contrib.sqla import ModelView
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded
from backoffice.exports import csv_answer
from backoffice.forms import EmptyForm
from shop.db import db
from shop.errors import N_
from shop.paging import Page

KYIV = ZoneInfo("Europe/Kyiv")
EARLIEST_YEAR = 1900
DEEPEST_PAGE = 10_000_000
Choices = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list: a select of choices, a date or a text, under its name in the address."""

    name: str
    label: str
    kind: str = "choice"
    choices: Choices = field(default=lambda: ())
    otherwise: str = N_("any")


@dataclass(frozen=True)
class Column:
    """A column of a list; `sort` is its name in the address if rows can be sorted by it."""

    label: str
    css: str = ""
    sort: str = ""


@dataclass(frozen=True)
class ListState:
    """What the address says of a list."""

    search: str
    filters: Mapping[str, str]
    sort: str
    down: bool
    page: int

    def address(self, **changed: Any) -> str:
        """The address of the same list with something changed; None takes a thing away."""
        parts: dict[str, Any] = {"search": self.search or None, **self.filters}
        parts |= {"sort": self.sort or None, "desc": 1 if self.down else None, "page": self.page or None}
        if not set(changed) <= {"page"}:
            parts["page"] = None
        parts |= changed
        return url_for(str(request.endpoint), **{key: value for key, value in parts.items() if value not in (None, "")})

    def number(self, name: str) -> int | None:
        """A filter as a number; anything else counts as not given."""
        value = self.filters.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def flag(self, name: str) -> bool | None:
        """A yes-or-no filter."""
        return {"1": True, "0": False}.get(self.filters.get(name, ""))

    def day_start(self, name: str, *, plus_days: int = 0) -> datetime | None:
        """The beginning of a day in Kyiv that a date filter names."""
        return day_start(self.filters.get(name, ""), plus_days=plus_days)


def day_start(text: str, *, plus_days: int = 0) -> datetime | None:
    """The beginning of an ISO day in Kyiv, or None when it isn't a day."""
    try:
        day = date.fromisoformat(text) + timedelta(days=plus_days)
    except (ValueError, OverflowError):
        return None
    if day.year < EARLIEST_YEAR:
        return None
    return datetime.combine(day, time(), KYIV)


class Table(Guarded, ModelView):
    """A list of rows with its forms. Rows come from a query of the shop, changes go to its operations.

    Flask-Admin's own ways to read and write rows (get_query, ajax_update, populate_obj) are never reached.
    """

    list_template = "backoffice/list.html"
    create_template = "backoffice/form.html"
    edit_template = "backoffice/form.html"
    title = ""
    columns: ClassVar[Sequence[Column]] = ()
    row_template = ""
    filters: ClassVar[Sequence[Filter]] = ()
    searches = ""
    first_sort = ""
    other_sorts: ClassVar[Sequence[str]] = ()
    first_down = False
    page_size = 25
    empty = ""
    add_label = ""
    export_header: ClassVar[Sequence[str]] = ()
    column_display_actions = False

    def __init__(self, model: type[Any], **options: Any) -> None:
        super().__init__(model, db, **options)

    def rows(self, state: ListState) -> Page[Any]:
        """One page of rows: one query of the shop."""
        raise NotImplementedError(type(self).__name__)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """What the rows' template needs beside the rows."""
        return {}

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """All rows for the CSV file."""
        abort(404)

    def scaffold_form(self) -> Any:
        """No form is made from a model: each names its own."""
        return EmptyForm

    def scaffold_list_columns(self) -> list[str]:
        """No column is taken from a model."""
        return []

    def state(self) -> ListState:
        """Read the address; what can't be read counts as not given."""
        page = request.args.get("page", "")
        sort = request.args.get("sort", "")
        sortable = {column.sort for column in self.columns if column.sort} | set(self.other_sorts)
        chosen = {each.name: request.args.get(each.name, "").strip()[:100] for each in self.filters}
        return ListState(
            search=request.args.get("search", "").strip()[:100],
            filters={name: value for name, value in chosen.items() if value},
            sort=sort if sort in sortable else "",
            down=request.args.get("desc") == "1",
            page=min(int(page), DEEPEST_PAGE) if page.isascii() and page.isdigit() and len(page) < 12 else 0,
        )

    @expose("/")
    def index_view(self) -> str:
        """The list."""
        state = self.state()
        page = self.rows(state)
        actions, confirmations = self.get_actions_list()
        return str(
            self.render(
                self.list_template,
                page=page,
                state=state,
                actions=actions,
                confirmations=confirmations,
                chips=self._chips(state),
                return_url=state.address(),
                **self.beside(page),
            )
        )

    @expose("/export/<export_type>/")
    def export(self, export_type: str) -> Response:
        """The list as a CSV file, with the filters of the address."""
        if export_type != "csv" or not self.export_header:
            abort(404)
        return csv_answer(self.title, [gettext(name) for name in self.export_header], self.exported(self.state()))

    def _chips(self, state: ListState) -> list[tuple[str, str, str]]:
        """The filters in force: label, value in words, and the address without it."""
        chips = []
        for each in self.filters:
            value = state.filters.get(each.name)
            if value:
                words = dict(each.choices()).get(value) if each.kind == "choice" else value
                if words is None:  # no choice of ours: it narrows nothing
                    continue
                chips.append((gettext(each.label), str(words), state.address(**{each.name: None})))
        return chips

    @property
    def can_create(self) -> bool:
        """Whether the signed-in person may add a row."""
        return self.opens("create_view")

    @property
    def can_edit(self) -> bool:
        """Whether the signed-in person may change a row."""
        return self.opens("edit_view")

    @property
    def can_delete(self) -> bool:
        """Whether the signed-in person may delete a row."""
        return self.opens("delete_view")

    def is_action_allowed(self, name: str) -> bool:
        """A bulk action needs the permission named for it."""
        return self.opens(f"action:{name}")
