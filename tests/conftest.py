"""The application on SQLite and on PostgreSQL, each test with a fresh copy of a migrated database."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings

import app as composition
from shop.audit.rules import Actor
from shop.db import db
from tests import beginnings
from tests.servers import Postgres, quick_folder
from web.places import Numbers

os.environ.update(
    SECRET_KEY="tests-" + "s" * 40,
    JWT_SECRET_KEY="tests-" + "j" * 40,
    DATABASE_PATH="/nonexistent/unused.db",
    DEMO="0",
    LOG_LEVEL="ERROR",
)
TEMPLATE = "komora_template"
DATABASE = "komora_test"

hypothesis_settings.register_profile("suite", deadline=None, max_examples=40, derandomize=True)
hypothesis_settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine is reachable."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, one for each process of the tests."""
    server = Postgres(folder=quick_folder()).start()
    yield server
    server.stop()


def _make_app(url: str) -> Flask:
    options = {"pool_pre_ping": False, "pool_size": 20, "max_overflow": 0}
    return composition.create_app(
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=options,
        PLACES=Numbers(staff=64, exports=64),
        WTF_CSRF_ENABLED=False,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
            "argon2__memory_cost": 8,
            "argon2__time_cost": 1,
            "argon2__parallelism": 1,
        },
    )


class Engine:
    """An application whose database can be put back to its migrated beginning."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def restore(self) -> None:
        """Put the database back."""


class SqliteEngine(Engine):
    """The database is a file; the beginning is a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.db", folder / "template.db"
        super().__init__(_make_app(f"sqlite:///{self.file}"))
        with self.app.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()
        shutil.copy(self.file, self.template)

    def restore(self) -> None:
        """Copy the beginning over the file."""
        db.engine.dispose()
        for leftover in ("-wal", "-shm"):
            Path(f"{self.file}{leftover}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)


class PostgresEngine(Engine):
    """The beginning is a template database, with a copy of each of its rows in a schema of its own.

    Making a database anew takes a third of a second, putting its few rows back some milliseconds.
    """

    def __init__(self, server: Postgres) -> None:
        self.server = server
        server.execute(f"CREATE DATABASE {TEMPLATE}")
        migrated = _make_app(server.url(TEMPLATE))
        with migrated.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()
        self.tables, self.sequences = beginnings.keep(server.connect(TEMPLATE))
        self.described: object = None
        super().__init__(_make_app(server.url(DATABASE)))

    def restore(self) -> None:
        """Put the rows back; where a test changed the tables themselves, make the database anew from the template."""
        db.engine.dispose()
        if self.described is not None:
            with self.server.connect(DATABASE) as connection:
                if beginnings.description(connection) == self.described:
                    beginnings.put_back(connection, self.tables, self.sequences)
                    return
        self.server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {TEMPLATE}")
        with self.server.connect(DATABASE) as connection:
            self.described = beginnings.description(connection)


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """Where the file lies, one folder for each process of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="sqlite-", dir=quick_folder()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """The engines made so far."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Iterator[Flask]:
    """The application on a fresh database, inside an application context."""
    name = request.param
    if name not in engines:
        if name == "sqlite":
            engines[name] = SqliteEngine(request.getfixturevalue("sqlite_folder"))
        else:
            engines[name] = PostgresEngine(request.getfixturevalue("postgres"))
    engine = engines[name]
    with engine.app.app_context():
        engine.restore()
        engine.app.extensions["fragments"].empty()
        yield engine.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def actor() -> Actor:
    """Someone without an account, as a command is."""
    return Actor.command("Олена")


@pytest.fixture
def now() -> datetime:
    """The moment of the tests: Monday, 1 March 2027, noon in UTC."""
    return datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
