"""How money, numbers and moments are written for people, in the language of the request."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import get_locale

KYIV = ZoneInfo("Europe/Kyiv")
NBSP = "\N{NO-BREAK SPACE}"


def money(amount: Decimal | int | None) -> str:
    """`1 299 ₴`; kopiykas only when there are any; a dash when unknown."""
    if amount is None:
        return "—"
    return _money(amount, _locale())


def number(value: int | Decimal | None) -> str:
    """`1 000 000`, `2,35`; a dash when unknown."""
    return "—" if value is None else _number(value, _locale())


def signed(value: int) -> str:
    """`+24`, `−3`, with a real minus."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def day(value: date | datetime | None) -> str:
    """`9 бер. 2026` in Kyiv; a dash when there is none."""
    if value is None:
        return "—"
    local = value.astimezone(KYIV).date() if isinstance(value, datetime) else value
    return format_date(local, format="d MMM y", locale=_locale())


def moment(value: datetime | None) -> str:
    """`9 бер. 2026, 16:05` in Kyiv; a dash when there is none."""
    if value is None:
        return "—"
    return format_datetime(value.astimezone(KYIV), format="d MMM y, HH:mm", locale=_locale())


def weekday(value: datetime) -> str:
    """`вівторок, 24 листопада` in Kyiv."""
    return format_date(value.astimezone(KYIV).date(), format="EEEE, d MMMM", locale=_locale())


def span(low: int | None, high: int | None) -> str:
    """`2–4`, `2` when both are the same, a dash when unknown."""
    known = [number(end) for end in (low, high) if end is not None]
    return "–".join(dict.fromkeys(known)) or "—"


@lru_cache(maxsize=4096)
def _money(amount: Decimal | int, locale: str) -> str:
    whole = amount == int(amount)
    return format_decimal(amount, format="#,##0" if whole else "#,##0.00", locale=locale).replace("-", "−") + f"{NBSP}₴"


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, locale: str) -> str:
    return format_decimal(value, locale=locale)


def _locale() -> str:
    """The language of the page; asked once, a list writes hundreds of numbers."""
    if "locale_name" not in g:
        g.locale_name = str(get_locale() or "uk")
    return str(g.locale_name)


def init_app(app: Flask) -> None:
    """Give the templates these formats as filters."""
    for written in (money, number, signed, day, moment, weekday):
        app.jinja_env.filters[written.__name__] = written
    app.jinja_env.globals["span"] = span
