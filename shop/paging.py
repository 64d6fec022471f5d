"""One page of a long list: by number near its beginning, by a cursor anywhere, as fast at its end as at its start."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, or_, select, tuple_
from sqlalchemy.types import TypeEngine

from shop.columns import Hundredths, Money, UtcTime, can_be_held
from shop.db import db

MOST = 10_000
"""Rows beyond so many are not counted: a list says «more than 10 000», and its end is reached from the end."""
_LARGEST_INT, _LARGEST_BIGINT = 2**31 - 1, 2**63 - 1
Item = TypeVar("Item")
Order = Sequence[tuple[Any, bool]]
"""Columns to sort by, none of them NULL, each with whether downwards; the last one must be unique."""


@dataclass(frozen=True)
class Place:
    """Which page is wanted: by number from 0, after or before a cursor of another page, or the last one."""

    number: int = 0
    after: str = ""
    before: str = ""
    last: bool = False


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows out of `total`, or of more than so many, and which page of them this is.

    `number` counts from 0 and is None where a cursor led. `after` and `before` are the cursors of the neighbours,
    empty where there is none.
    """

    rows: Sequence[Item]
    total: int
    number: int | None
    size: int
    more: bool = False
    after: str = ""
    before: str = ""

    @property
    def pages(self) -> int:
        """How many pages can be reached by number."""
        return max(-(-self.total // self.size), 1)


def page_of(
    rows: Select[Any],
    *,
    order: Order,
    place: Place,
    size: int,
    total: int | None = None,
    counted: Select[Any] | None = None,
    most: int = MOST,
    connection: Connection | None = None,
) -> Page[Any]:
    """One page of a select, sorted by `order`, as Core rows; at most two statements.

    `total` is a count that is known already, no higher than `most + 1`; `counted` a cheaper select with as many rows.
    A number beyond the end gives the last page by number; a cursor that can't be read the first page.
    """
    reader = connection or db.session
    known = total
    if known is None:
        known = bounded_count(rows if counted is None else counted, most=most, connection=connection)
    more, total = known > most, min(known, most)
    columns = [column for column, _ in order]
    keyed = rows.add_columns(*(column.label(f"_order_{place_}") for place_, column in enumerate(columns)))
    anchor = _read_cursor(place.after or place.before, columns)
    if anchor is not None or place.last:
        return _by_cursor(reader, keyed, order=order, place=place, size=size, total=total, more=more, anchor=anchor)
    number = min(max(place.number, 0), max(-(-total // size) - 1, 0))
    found = _fetched(reader, keyed, order=order, backwards=False, limit=size + 1, offset=number * size)
    after = _cursor(found[size - 1], len(columns)) if len(found) > size else ""
    before = _cursor(found[0], len(columns)) if number and found else ""
    return Page(found[:size], total, number, size, more, after, before)


def bounded_count(rows: Select[Any], *, most: int = MOST, connection: Connection | None = None) -> int:
    """How many rows a select has, counted no further than `most + 1`."""
    return (connection or db.session).scalar(bounded(rows, most=most)) or 0


def bounded(rows: Select[Any], *, most: int = MOST) -> Select[int]:
    """The select that counts the rows of another one, no further than `most + 1`."""
    some = rows.order_by(None).with_only_columns(literal(1), maintain_column_froms=True).limit(most + 1).subquery()
    return select(func.count()).select_from(some)


def streamed(rows: Any, order: Order) -> Iterator[Any]:
    """All rows of a select, read a thousand at a time, so that a long export holds little in memory."""
    yield from db.session.execute(rows.order_by(*_clauses(order, backwards=False)).execution_options(yield_per=1000))


def _by_cursor(
    reader: Any,
    rows: Select[Any],
    *,
    order: Order,
    place: Place,
    size: int,
    total: int,
    more: bool,
    anchor: list[Any] | None,
) -> Page[Any]:
    backwards = place.last or not place.after
    if anchor is not None:
        rows = rows.where(_beyond(order, anchor, backwards=backwards))
    found = _fetched(reader, rows, order=order, backwards=backwards, limit=size + 1, offset=0)
    further, shown = len(found) > size, found[:size]
    shown = shown[::-1] if backwards else shown
    if not shown:
        return Page([], total, None, size, more)
    first, last = _cursor(shown[0], len(order)), _cursor(shown[-1], len(order))
    if backwards:
        return Page(shown, total, None, size, more, after="" if place.last else last, before=first if further else "")
    return Page(shown, total, None, size, more, after=last if further else "", before=first)


def _fetched(reader: Any, rows: Select[Any], *, order: Order, backwards: bool, limit: int, offset: int) -> list[Any]:
    part = rows.order_by(*_clauses(order, backwards=backwards)).limit(limit).offset(offset or None)
    return list(reader.execute(part).all())


def _beyond(order: Order, anchor: Sequence[Any], *, backwards: bool) -> ColumnElement[bool]:
    """What stands behind the anchor in the order of reading."""
    values = [bindparam(None, value, type_=column.type) for (column, _), value in zip(order, anchor, strict=True)]
    downs = [down != backwards for _, down in order]
    if len(set(downs)) == 1:  # a comparison of rows is a range of an index
        row, mark = tuple_(*(column for column, _ in order)), tuple_(*values)
        return row < mark if downs[0] else row > mark
    steps = []
    for place, (column, _) in enumerate(order):
        same = [order[before][0] == values[before] for before in range(place)]
        steps.append(and_(*same, column < values[place] if downs[place] else column > values[place]))
    return or_(*steps)


def _clauses(order: Order, *, backwards: bool) -> list[ColumnElement[Any]]:
    return [column.desc() if down != backwards else column.asc() for column, down in order]


def _cursor(row: Any, columns: int) -> str:
    """The place of a row in the order, as it travels in an address."""
    values = [_packed(getattr(row, f"_order_{place}")) for place in range(columns)]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(text: str, columns: Sequence[Any]) -> list[Any] | None:
    if not text or len(text) > 1000:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        unpacked = [_unpacked(value) for value in values]
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return None
    kinds = [column.type for column in columns]
    right = len(unpacked) == len(kinds) and all(map(_is_of, unpacked, kinds))
    return unpacked if right else None


def _is_of(value: Any, kind: TypeEngine[Any]) -> bool:
    """Whether a column of this type could hold the value: a cursor comes out of an address, which anybody can write."""
    if isinstance(kind, UtcTime):
        return isinstance(value, datetime) and value.tzinfo is not None and 1900 < value.year < 9000
    if isinstance(kind, Hundredths):
        if not (isinstance(value, Decimal) and value.is_finite()):
            return False
        largest = _LARGEST_BIGINT if isinstance(kind, Money) else _LARGEST_INT
        return abs(value) * 100 <= largest and value == round(value, 2)
    if kind.python_type is int:
        return type(value) is int and abs(value) <= _LARGEST_INT
    return isinstance(value, str) and can_be_held(value)


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else Decimal(value.get("decimal", "x"))
    return value
