"""What a verification of the stock found, in the language of the page."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import gettext

from shop.errors import N_
from shop.stock.queries.checks import Drift, drift_of
from web.formats import day, moment, money, number

ROWS = {
    "game": N_("game no. %(id)s"),
    "stock_day": N_("%(day)s at location no. %(id)s"),
    "stock_document": N_("document no. %(id)s"),
    "stock_level": N_("level no. %(id)s"),
    "stock_movement": N_("movement no. %(id)s"),
    "stock_total": N_("total of location no. %(id)s"),
}
# Translators: a difference found by the verification: «залишок № 12, вартість: записано 5, за рухом … 4».
TOLD = N_("%(row)s, %(column)s: %(stored)s is stored, %(computed)s is computed")


def _count(value: Any) -> str:
    return number(int(value))


def _worth(value: Any) -> str:
    return money(Decimal(str(value)))


def _time(value: Any) -> str:
    return moment(datetime.fromisoformat(value) if isinstance(value, str) else value)


def _answer(value: Any) -> str:
    return gettext("yes") if value else gettext("no")


COLUMNS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "allocated": (N_("allocated"), _count),
    "balance_after": (N_("balance after it"), _count),
    "came": (N_("copies in"), _count),
    "copies": (N_("copies"), _count),
    "deed": (N_("kind, time and doer, as in document no. %(id)s"), gettext),
    "editions": (N_("editions"), _count),
    "held": (N_("held"), _count),
    "in_stock": (N_("in stock"), _answer),
    "last_moved_at": (N_("last movement"), _time),
    "level_id": (N_("number of the level"), str),
    "lines": (N_("lines taken back"), _count),
    "movements": (N_("movements"), _count),
    "not_before": (N_("time, not before that of the movement before"), _time),
    "on_hand": (N_("on hand"), _count),
    "price_from": (N_("lowest price"), _worth),
    "quantity": (N_("quantity"), _count),
    "receipts": (N_("receipt lines"), _count),
    "value": (N_("worth"), _worth),
    "went": (N_("copies out"), _count),
    "worth_after": (N_("worth after it"), _worth),
}
# Translators: a column that is told for one edition of a document: «вартість видання № 7».
OF_EDITION = N_("%(column)s of edition no. %(id)s")


def drift_words(drift: Drift) -> str:
    """A drift as a sentence: `level no. 12, on hand: 5 is stored, 4 is computed`."""
    column, _, of = drift.column.partition("#")
    label, written = COLUMNS.get(column, (column, str))
    named = gettext(label, id=of) if "%(id)s" in label else gettext(label)
    if of and "%(id)s" not in label:
        named = gettext(OF_EDITION, column=named, id=of)
    values = {"stored": _value(drift.stored, written), "computed": _value(drift.computed, written)}
    return gettext(TOLD, row=_row(drift.row), column=named, **values)


def kept_drift_words(kept: str) -> str:
    """The drift that a verification kept, as a sentence; a text of another form as it stands."""
    drift = drift_of(kept)
    return drift_words(drift) if drift else kept


def _row(row: str) -> str:
    table, _, key = row.partition("#")
    date, _, place = key.rpartition("/")
    text = ROWS.get(table)
    if text is None:
        return row
    return gettext(text, day=day(datetime.fromisoformat(date).date()), id=place) if date else gettext(text, id=key)


def _value(value: Any, written: Callable[[Any], str]) -> str:
    if value is None:
        return "—"
    try:
        return written(value)
    except (TypeError, ValueError, ArithmeticError):  # not a value of the column: a text of its own, as `1 or more`
        return gettext(str(value))


def init_app(app: Flask) -> None:
    """Give the templates this."""
    app.jinja_env.filters["drift"] = kept_drift_words
