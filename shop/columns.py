"""Column types: money and hundredths as integers, moments in UTC, enums as text, texts compared byte by byte."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer, String, Text, case, cast, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

_UNHELD = re.compile(r"[\0\ud800-\udfff]")  # PostgreSQL holds no NUL, and UTF-8 no half of a pair


def can_be_held(text: str) -> bool:
    """Whether both databases can hold a text."""
    return not _UNHELD.search(text)


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with two places, stored as an integer of hundredths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Decimal to hundredths; more than two places is a programming error."""
        if value is None:
            return None
        scaled = Decimal(value) * 100
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than two decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Hundredths to Decimal."""
        return None if value is None else Decimal(value).scaleb(-2)


class Money(Hundredths):
    """Hryvnias as Decimal, stored as an integer of kopiykas."""

    impl = BigInteger
    cache_ok = True


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware in code, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive time: nobody knows what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


E = TypeVar("E", bound=StrEnum)


class EnumText(TypeDecorator[E], Generic[E]):
    """A StrEnum stored as its text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        """Refuses what isn't a member."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """The member."""
        return None if value is None else self.kind(value)


def money_text(amount: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """An amount of a column of Money, never a negative one, written by the database: `954.05`."""
    kopiykas = type_coerce(amount, BigInteger)
    zero = case((kopiykas % 100 < 10, ".0"), else_=".")
    return cast(kopiykas // 100, Text) + zero + cast(kopiykas % 100, Text)


def sort_text(length: int) -> String:
    """A text compared byte by byte on both databases."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
