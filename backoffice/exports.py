"""CSV files that a Ukrainian spreadsheet opens rightly: streamed, with a BOM, semicolons, commas and no formulas."""

import csv
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Response, stream_with_context
from flask_babel import gettext

from shop.catalog.rules.spelling import slug
from shop.words import Worded
from web.labels import label

KYIV = ZoneInfo("Europe/Kyiv")
BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CHUNK_ROWS = 200
LONGEST_SECONDS = 600  # a reader who takes a little now and then holds a thread and a snapshot of the database


class _Echo:
    """A file that hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_answer(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download named after the list, in Ukrainian letters, sent while it is read."""
    name = f"{gettext(title)} {datetime.now(KYIV):%Y-%m-%d}"
    answer = Response(stream_with_context(_in_time(_lines(header, rows))), mimetype="text/csv")
    latin, full = slug(name), quote(f"{name}.csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{latin}.csv\"; filename*=UTF-8''{full}"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _in_time(lines: Iterator[str]) -> Iterator[str]:
    """The same lines; breaks the download off when it takes too long."""
    until = time.monotonic() + LONGEST_SECONDS
    for line in lines:
        if time.monotonic() > until:
            raise TimeoutError("an export was read too slowly")
        yield line


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM + writer.writerow(header)
    chunk: list[str] = []
    for row in rows:
        chunk.append(writer.writerow([cell(value) for value in row]))
        if len(chunk) == _CHUNK_ROWS:
            yield "".join(chunk)
            chunk.clear()
    yield "".join(chunk)


def cell(value: object) -> str:
    """A value as a cell: `1299,50`, `24.11.2026 14:05` in Kyiv, enums in words, formulas as plain text."""
    if value is None:
        return ""
    if isinstance(value, Worded):
        return label(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(KYIV):%d.%m.%Y %H:%M}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
