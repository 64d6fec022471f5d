"""The database: the one session, the only commit, naming of constraints, column types and the pragmas of SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Integer, MetaData, String, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)
migrate = Migrate(directory="shop/migrations", render_as_batch=True, compare_type=True)


def init_app(app: Flask) -> None:
    """Bind the session and the migrations to the application."""
    db.init_app(app)
    migrate.init_app(app, db, directory=f"{app.root_path}/shop/migrations")


@contextmanager
def transaction() -> Iterator[None]:
    """Do one deed: commit when it ends well, undo all of it when it raises. Nothing else commits.

    On SQLite the write lock is taken at the start (BEGIN IMMEDIATE): a transaction that begins by reading can't be
    upgraded when another one wrote meanwhile. So what was read before is let go first, and read again inside.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside of a transaction()")
    begin_writing()
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def begin_writing() -> None:
    """Take SQLite's write lock now, for a library's view that reads first and commits by itself afterwards."""
    db.session.rollback()
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def constraint_of(error: Exception) -> str:
    """The name of the violated constraint, or the columns that SQLite names for a unique one; empty when unknown."""
    original = getattr(error, "orig", None)
    named = getattr(getattr(original, "diag", None), "constraint_name", None)
    return named or str(original or "")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # the driver's own BEGIN comes too late: after the first SELECT
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows ASCII only


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))


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


def sort_text(length: int) -> String:
    """A text compared byte by byte on both databases."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
