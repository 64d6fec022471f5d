"""One page of a long list, as fast at its end as at its beginning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from shop.db import db

Item = TypeVar("Item")
Order = Sequence[tuple[Any, bool]]
"""Columns to sort by, each with whether downwards; the last one must be unique."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows out of `total`, and which page of them this is, counted from 0."""

    rows: Sequence[Item]
    total: int
    number: int
    size: int


def page_of_ids(ids: Select[int], *, order: Order, number: int, size: int) -> Page[int]:
    """The ids on one page. A number out of range gives the nearest page.

    Past the middle the list is read from its end, so that the last page costs no more than the first.
    """
    total = db.session.scalar(select(func.count()).select_from(ids.order_by(None).subquery())) or 0
    number = min(max(number, 0), max(-(-total // size) - 1, 0))
    first = number * size
    count = min(size, total - first)
    backwards = first > total // 2
    offset = total - first - count if backwards else first
    sorted_ids = ids.order_by(*_clauses(order, backwards=backwards)).limit(max(count, 0)).offset(max(offset, 0))
    rows = list(db.session.scalars(sorted_ids))
    return Page(rows[::-1] if backwards else rows, total, number, size)


def in_order(page: Page[int], found: Sequence[Any]) -> Page[Any]:
    """The same page with the rows themselves instead of their ids."""
    by_id = {row.id: row for row in found}
    return Page([by_id[row_id] for row_id in page.rows if row_id in by_id], page.total, page.number, page.size)


def streamed(rows: Any, order: Order) -> Iterator[Any]:
    """All rows of a select, read a thousand at a time, so that a long export holds little in memory."""
    yield from db.session.execute(rows.order_by(*_clauses(order, backwards=False)).execution_options(yield_per=1000))


def _clauses(order: Order, *, backwards: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if down != backwards else column.asc() for column, down in order]
