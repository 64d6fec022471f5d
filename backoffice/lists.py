"""What the address says of a list: search, filters, sorting and which page; and what its columns and filters are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import request, url_for

from shop.catalog.rules.prices import parse_money
from shop.errors import N_
from shop.paging import Page, Place
from web.formats import KYIV, day, money

EARLIEST_YEAR = 1900
DEEPEST_PAGE = 10_000_000
LONGEST_TEXT = 100
LONGEST_CURSOR = 1000
Choices = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list: a select of choices, a date, an amount or a text, under its name in the address."""

    name: str
    label: str
    kind: str = "choice"
    choices: Choices = field(default=lambda: ())
    otherwise: str = N_("any")

    def in_words(self, value: str) -> str | None:
        """A value as people read it; None when it is no choice, no day and no amount: then it narrows nothing."""
        if self.kind == "choice":
            return dict(self.choices()).get(value)
        if self.kind == "date":
            start = day_start(value)
            return day(start) if start else None
        if self.kind == "money":
            amount = parse_money(value)
            return None if amount is None else money(amount)
        return value


@dataclass(frozen=True)
class Column:
    """A column of a list; `sort` is its name in the address if rows can be sorted by it."""

    label: str
    css: str = ""
    sort: str = ""


@dataclass(frozen=True)
class View:
    """A list as many look at it: the filters under a name, and how many rows it has where that is known."""

    label: str
    filters: Mapping[str, str]
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True)
class ListState:
    """What the address says of a list."""

    search: str
    filters: Mapping[str, str]
    sort: str
    down: bool
    place: Place

    def address(self, **changed: Any) -> str:
        """The address of the same list from its first page with something changed; None takes a thing away."""
        parts: dict[str, Any] = {"search": self.search or None, **self.filters}
        parts |= {"sort": self.sort or None, "desc": 1 if self.down else None}
        parts |= changed
        return url_for(str(request.endpoint), **{key: value for key, value in parts.items() if value not in (None, "")})

    def question(self) -> dict[str, Any]:
        """What the list asks, for an address of another view of the same screen: all but the page."""
        parts = {"search": self.search, **self.filters, "sort": self.sort, "desc": "1" if self.down else ""}
        return {key: value for key, value in parts.items() if value}

    def here(self) -> str:
        """The address of this very page."""
        place = self.place
        return self.address(page=place.number or None, after=place.after, before=place.before, last=place.last or None)

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


@dataclass(frozen=True)
class Pager:
    """The addresses of the first, previous, next and last page; empty where there is none."""

    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""


def read_state(*, filters: Sequence[Filter], sorts: set[str]) -> ListState:
    """Read the address of the request; what can't be read counts as not given."""
    sort = request.args.get("sort", "")
    chosen = {each.name: request.args.get(each.name, "").strip()[:LONGEST_TEXT] for each in filters}
    return ListState(
        search=request.args.get("search", "").strip()[:LONGEST_TEXT],
        filters={name: value for name, value in chosen.items() if value},
        sort=sort if sort in sorts else "",
        down=request.args.get("desc") == "1",
        place=read_place(),
    )


def read_place() -> Place:
    """Which page the address of the request asks for."""
    page = request.args.get("page", "")
    number = min(int(page), DEEPEST_PAGE) if page.isascii() and page.isdigit() and len(page) < 12 else 0
    after, before = (request.args.get(name, "")[:LONGEST_CURSOR] for name in ("after", "before"))
    return Place(number, after, before, last=request.args.get("last") == "1")


def pager(page: Page[Any], address: Callable[..., str]) -> Pager:
    """Where the pages around this one are. By number as far as rows are counted, by a cursor beyond."""
    if page.number is None:
        return Pager(
            first=address(),
            previous=address(before=page.before) if page.before else "",
            next=address(after=page.after) if page.after else "",
            last=address(last=1) if page.after else "",
        )
    forward = page.number + 1 < page.pages or bool(page.after)
    by_number = page.number + 1 < page.pages
    return Pager(
        first=address() if page.number else "",
        previous=address(page=page.number - 1 or None) if page.number else "",
        next="" if not forward else address(page=page.number + 1) if by_number else address(after=page.after),
        last="" if not forward else address(last=1) if page.more else address(page=page.pages - 1),
    )


def day_start(text: str, *, plus_days: int = 0) -> datetime | None:
    """The beginning of an ISO day in Kyiv, or None when it isn't a day."""
    try:
        asked = date.fromisoformat(text) + timedelta(days=plus_days)
    except (ValueError, OverflowError):
        return None
    if asked.year < EARLIEST_YEAR:
        return None
    return datetime.combine(asked, time(), KYIV)
