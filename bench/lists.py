"""Our lists beside Flask-Admin's as it comes, over the same rows, in one run."""

from collections.abc import Callable

from bench.floors import default_admin
from bench.measure import Cost, cost
from shop.db import db
from tests.clients import Browser, browser

WORDS = "каркасон 77"
Row = tuple[str, ...]


def compared(
    client: Browser, url: str, *, games: int, movements: int, requests: int, database_cpu: Callable[[], float]
) -> list[Row]:
    """The table's rows: how many times faster each of our lists is."""
    ours = {name: cost(client, path, requests=requests, database_cpu=database_cpu) for name, path in _ours()}
    default = default_admin(url)
    with default.app_context():
        theirs = {
            name: cost(browser(default), path, requests=max(requests // 4, 5), database_cpu=database_cpu)
            for name, path in _theirs(games, movements)
        }
        db.engine.dispose()
    return [_against(name, ours[name], theirs[name]) for name in ours]


def _against(name: str, mine: Cost, default: Cost) -> Row:
    target = "≥ 1" if "first" in name else "≥ 5"
    told = " against ".join(f"{each.app_ms:.1f} + {each.database_ms:.1f} ms" for each in (mine, default))
    return name, f"{default.total_ms / mine.total_ms:.1f}", target, told


def _ours() -> list[tuple[str, str]]:
    listed = []
    for name in ("games", "movements"):
        address = f"/admin/{name}/"
        listed += [(f"{name}, first page", address), (f"{name}, last page", f"{address}?last=1")]
        listed.append((f"{name}, search", f"{address}?search={WORDS}"))
    return listed


def _theirs(games: int, movements: int) -> list[tuple[str, str]]:
    listed = []
    for name, count in (("games", games), ("movements", movements)):
        address = f"/admin/{name}/"
        listed += [(f"{name}, first page", address), (f"{name}, last page", f"{address}?page={count // 25 - 1}")]
        listed.append((f"{name}, search", f"{address}?search={WORDS}"))
    return listed
