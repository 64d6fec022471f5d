"""Two questions of the machines: is the process alive, and can it serve."""

import tempfile
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shop.db import db, refusal_of
from shop.errors import Busy, Unwritable

health = Blueprint("health", __name__)
_LOCK_MILLISECONDS = 100  # whoever is writing at that moment shows that one can
_TRIED_BYTES = bytes(64 * 1024)
_TRIED = "UPDATE published_version SET number = number WHERE name = (SELECT min(name) FROM published_version)"


@health.get("/healthz")
def healthz() -> Response:
    """The process answers; touches nothing."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The database answers and can be written, its schema is the newest, and the cache answers if there is one."""
    checks = {"database": _database(), "cache": _cache()}
    ready = all(state in ("ok", "none") for state in checks.values())
    return jsonify(status="ok" if ready else "unavailable", checks=checks), 200 if ready else 503


def _database() -> str:
    try:
        with db.engine.connect() as connection:
            at = MigrationContext.configure(connection).get_current_heads()
        heads = ScriptDirectory(current_app.extensions["migrate"].directory).get_heads()
        if set(at) != set(heads):
            return "migrations are missing"
        _try_to_write()
    except (SQLAlchemyError, OSError) as error:
        refusal = refusal_of(error)
        if isinstance(refusal, Busy):
            return "ok"
        return "can't be written" if isinstance(refusal, Unwritable) or isinstance(error, OSError) else "unreachable"
    return "ok"


def _try_to_write() -> None:
    """Write a row and take it back, without waiting for other writers and without making them wait."""
    with db.engine.connect().execution_options(sqlite_begin="") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {_LOCK_MILLISECONDS}"))
            connection.execute(text(_TRIED))
            connection.rollback()
            return
        try:
            for statement in (f"PRAGMA busy_timeout={_LOCK_MILLISECONDS}", "BEGIN IMMEDIATE", _TRIED, "ROLLBACK"):
                connection.exec_driver_sql(statement)
            path = str(connection.exec_driver_sql("SELECT file FROM pragma_database_list").scalar())
        finally:
            connection.invalidate()  # nothing of the trial stays with a connection of the shop
    with tempfile.TemporaryFile(dir=Path(path).parent) as file:  # what is taken back never reaches a full disk
        file.write(_TRIED_BYTES)
        file.flush()


def _cache() -> str:
    url = current_app.config["REDIS_URL"]
    if not url:
        return "none"
    try:
        with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as redis:
            redis.ping()
    except RedisError:
        return "unreachable"
    return "ok"
