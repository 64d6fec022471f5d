"""Two questions of the machines: is the process alive, and can it serve."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from shop.db import db

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """The process answers; touches nothing."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The database answers, its schema is the newest, and the cache answers if there is one."""
    checks = {"database": _database(), "cache": _cache()}
    ready = all(state in ("ok", "none") for state in checks.values())
    return jsonify(status="ok" if ready else "unavailable", checks=checks), 200 if ready else 503


def _database() -> str:
    try:
        at = MigrationContext.configure(db.session.connection()).get_current_heads()
    except SQLAlchemyError:
        db.session.rollback()
        return "unreachable"
    heads = ScriptDirectory(current_app.extensions["migrate"].directory).get_heads()
    return "ok" if set(at) == set(heads) else "migrations are missing"


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
