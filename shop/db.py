"""The database: the one session, the only commit, naming of constraints and the pragmas of SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import Pool

from shop.errors import CHANGED_MEANWHILE, Busy, Conflict, ShopError, Unwritable
from shop.writers import queue_of

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LOCK_TIMEOUT_SECONDS = 5
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was answered with "done" survives a power cut
    "busy_timeout=5000",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # INSERT OR REPLACE deletes a row: the triggers that refuse it must see that
)
_CROSSING = {"40001", "40P01"}  # serialization_failure, deadlock_detected
_BUSY = {"55P03", 5, 6}  # lock_not_available, SQLITE_BUSY, SQLITE_LOCKED
_UNWRITABLE = {"25006", "53100", 8, 10, 13, 14}  # read_only_sql_transaction, disk_full; READONLY, IOERR, FULL, CANTOPEN
_OPEN, _LAST = "transaction_open", "last_deeds"
Result = TypeVar("Result")


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
    Raises RuntimeError inside another transaction, Conflict when a row was changed by somebody else meanwhile, Busy
    when others write for too long, Unwritable when the disk is full or read-only.
    """
    session = db.session
    if session.info.get(_OPEN):
        raise RuntimeError("a transaction() inside another one would undo what the outer one did")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside of a transaction()")
    session.info[_OPEN], session.info[_LAST] = True, {}
    try:
        begin_writing()
        yield
        _do_last()
        session.commit()
    except BaseException as error:
        session.rollback()
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
    finally:
        session.info[_OPEN] = False


def in_transaction(deed: Callable[[], Result]) -> Result:
    """Do one deed in a transaction and hand back what it returns; once more when a deadlock undid it.

    `deed` may run twice, so it changes nothing outside of the database. Raises what `transaction` raises.
    """
    try:
        with transaction():
            return deed()
    except Busy as busy:
        if not is_crossing(busy.__cause__):
            raise
    with transaction():
        return deed()


def at_the_end(name: str, deed: Callable[[], object]) -> None:
    """Leave something for the very end of the transaction, once for each name and in the order of the names.

    Rows that every deed writes are so locked for a moment only, and never crosswise. Raises RuntimeError outside of a
    transaction, and inside such a last deed: its name could come before those that are done already.
    """
    if not db.session.info.get(_OPEN) or db.session.info[_LAST] is None:
        raise RuntimeError("at_the_end() needs a transaction() that is not ending already")
    db.session.info[_LAST].setdefault(name, deed)


def _do_last() -> None:
    deeds, db.session.info[_LAST] = db.session.info[_LAST], None
    for _, deed in sorted(deeds.items()):
        deed()


def begin_writing() -> None:
    """Take SQLite's write lock now, for a library's view that reads first and commits by itself afterwards."""
    db.session.rollback()
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for the reads of a page: each statement by itself, without BEGIN and ROLLBACK around them."""
    with _readers(db.engine).connect() as connection:
        yield connection


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees one moment, however long it reads, and holds no writer up; it can't write."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect().execution_options(**({} if on_sqlite else options)) as connection:
        yield connection


@cache
def _readers(engine: Engine) -> Engine:
    on_sqlite = engine.dialect.name == "sqlite"
    return engine.execution_options(**({"sqlite_begin": ""} if on_sqlite else {"isolation_level": "AUTOCOMMIT"}))


def refusal_of(error: BaseException) -> ShopError | None:
    """What a failure of the database means to a person; None when it is none, or a mistake of ours."""
    if isinstance(error, StaleDataError):
        return Conflict("changed_meanwhile", CHANGED_MEANWHILE)
    if not isinstance(error, DBAPIError):
        return None
    if is_crossing(error) or _code_of(error) in _BUSY:
        return Busy()
    return Unwritable() if _code_of(error) in _UNWRITABLE else None


def is_crossing(error: BaseException | None) -> bool:
    """Whether two deeds locked the same rows crosswise, and PostgreSQL undid this one."""
    return isinstance(error, DBAPIError) and _code_of(error) in _CROSSING


def _code_of(error: DBAPIError) -> str | int:
    """The SQLSTATE of PostgreSQL, or the primary result code of SQLite."""
    state = getattr(error.orig, "sqlstate", None)
    return state or getattr(error.orig, "sqlite_errorcode", 0) & 0xFF


def constraint_of(error: Exception) -> str:
    """The name of the violated constraint, or the columns that SQLite names for a unique one; empty when unknown."""
    original = getattr(error, "orig", None)
    named = getattr(getattr(original, "diag", None), "constraint_name", None)
    return named or str(original or "")


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        _prepare_sqlite(connection)
    elif hasattr(connection, "pgconn"):
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'")
        connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: after the first SELECT
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows ASCII only


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    if how == "IMMEDIATE" and "writers" not in connection.info:
        queue = queue_of(connection.engine.url.database)
        if not queue.enter():
            raise Busy()
        connection.info["writers"] = queue
    if how:
        connection.exec_driver_sql(f"BEGIN {how}")


@event.listens_for(Pool, "checkin")
@event.listens_for(Pool, "close")
@event.listens_for(Pool, "invalidate")
def _leave_queue(_connection: object, record: Any, *_: object) -> None:
    """The connection comes back after the commit or rollback: the next one may write."""
    queue = record.info.pop("writers", None)
    if queue is not None:
        queue.leave()
