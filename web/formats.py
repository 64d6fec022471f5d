"""How money, numbers and moments are written for people, in the language of the request."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta, get_month_names
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from flask import Flask

from web.languages import spoken

KYIV = ZoneInfo("Europe/Kyiv")
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
NBSP = "\N{NO-BREAK SPACE}"


def money(amount: Decimal | int | None) -> str:
    """`1 299 ₴`; kopiykas only when there are any; a dash when unknown."""
    if amount is None:
        return "—"
    return _money(amount, spoken())


def number(value: int | Decimal | None) -> str:
    """`1 000 000`, `2,35`; a dash when unknown."""
    return "—" if value is None else _number(value, spoken())


def signed(value: int) -> str:
    """`+24`, `−3`, with a real minus."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def day(value: date | datetime | None) -> str:
    """`09.03.2026` in Kyiv, `9 Mar 2026` in English; a dash when there is none."""
    if value is None:
        return "—"
    return _day(value.astimezone(KYIV) if isinstance(value, datetime) else value)


def moment(value: datetime | None) -> str:
    """`09.03.2026, 16:05` in Kyiv, never broken across lines; a dash when there is none."""
    if value is None:
        return "—"
    local = value.astimezone(KYIV)
    return f"{_day(local)},{NBSP}{local:%H:%M}"


def long_day(value: date | datetime) -> str:
    """`9 березня 2026 р.` in Kyiv, for headings."""
    local = value.astimezone(KYIV).date() if isinstance(value, datetime) else value
    return format_date(local, format="long", locale=spoken())


def weekday(value: datetime) -> str:
    """`вівторок, 24 листопада` in Kyiv."""
    return format_date(value.astimezone(KYIV).date(), format="EEEE, d MMMM", locale=spoken())


def lasting(time: timedelta) -> str:
    """`3 хвилини`, `2 години`, `12 днів`: about how long something has lasted, never broken across lines."""
    return format_timedelta(time, granularity="minute", locale=spoken()).replace(" ", NBSP)


def decimals(text: str) -> str:
    """A text of the program's own with numbers in it, such as `−5.5 %`, with the sign of the language: `−5,5 %`."""
    return _DECIMAL_POINT.sub(get_decimal_symbol(spoken()), text)


def initials(name: str) -> str:
    """`ОВ` of `Олена Власниця`: the first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def span(low: int | None, high: int | None) -> str:
    """`2–4`, `2` when both are the same, a dash when unknown."""
    return _span(low, high, spoken())


@lru_cache(maxsize=4096)
def _span(low: int | None, high: int | None, language: str) -> str:
    known = [_number(end, language) for end in (low, high) if end is not None]
    return "–".join(dict.fromkeys(known)) or "—"


def _day(local: date) -> str:
    language = spoken()
    if language == "uk":
        return f"{local:%d.%m.%Y}"
    return f"{local.day}{NBSP}{_months(language)[local.month]}{NBSP}{local.year}"


@lru_cache(maxsize=8)
def _months(language: str) -> dict[int, str]:
    return dict(get_month_names("abbreviated", "format", language))


@lru_cache(maxsize=8)
def _signs(language: str) -> dict[int, str]:
    """Between thousands and before kopiykas, instead of Python's own signs."""
    marks = {",": get_group_symbol(language), ".": get_decimal_symbol(language), "-": "−"}
    return str.maketrans(marks)


@lru_cache(maxsize=4096)
def _money(amount: Decimal | int, language: str) -> str:
    written = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"{written.translate(_signs(language))}{NBSP}₴"


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    return format_decimal(value, locale=language)


def init_app(app: Flask) -> None:
    """Give the templates these formats as filters."""
    for written in (money, number, signed, day, long_day, moment, weekday, decimals, initials):
        app.jinja_env.filters[written.__name__] = written
    app.jinja_env.globals["span"] = span
