"""What pages cost the application and the database, and how that grows when the shop becomes ten times as large."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.measure import Cost, cost
from tests.clients import Browser
from tests.statements import counted

WORDS = "каркасон 77"


@dataclass(frozen=True)
class PageOfShop:
    """A page: its address by the number of the request, the goal in milliseconds of CPU, and whether staff see it."""

    name: str
    address: Callable[[int], str]
    goal_ms: float
    staff: bool = True


def pages(games: int) -> list[PageOfShop]:
    """The pages that are measured, in a shop of so many games."""
    return [
        PageOfShop("catalogue, never seen", lambda n: f"/?page={1 + n % 90}&players={2 + n // 90}", 4, staff=False),
        PageOfShop("catalogue, kept", lambda _: "/", 1, staff=False),
        PageOfShop("game, never seen", lambda n: f"/games/g-{1 + n * 97 % games}", 3, staff=False),
        PageOfShop("game, kept", lambda _: "/games/g-7", 1, staff=False),
        PageOfShop("staff: games, first page", lambda _: "/admin/games/", 9),
        PageOfShop("staff: games, last page", lambda _: "/admin/games/?last=1", 9),
        PageOfShop("staff: games, search", lambda _: f"/admin/games/?search={WORDS}", 12),
        PageOfShop("staff: movements, first page", lambda _: "/admin/movements/", 14),
        PageOfShop("staff: movements, last page", lambda _: "/admin/movements/?last=1", 14),
        PageOfShop("staff: levels, first page", lambda _: "/admin/levels/", 14),
        PageOfShop("staff: form of a game", lambda n: f"/admin/games/edit/?id={1 + n * 97 % games}", 15),
        PageOfShop("staff: «Today»", lambda _: "/admin/", 25),
        PageOfShop("staff: receipt", lambda _: "/admin/receipts/", 12),
        PageOfShop("staff: find by code", lambda n: f"/admin/find/code/?q=GK-{1 + n * 97 % games:06}-UK", 4),
    ]


@dataclass(frozen=True)
class Measured:
    """A page's cost and its statements."""

    cost: Cost
    statements: int


def measured(
    client: Browser, stranger: Browser, *, games: int, requests: int, database_cpu: Callable[[], float]
) -> Mapping[str, Measured]:
    """Each page's cost, the public ones without a sign-in."""
    results = {}
    for page in pages(games):
        who = client if page.staff else stranger
        spent = cost(who, page.address, requests=requests, database_cpu=database_cpu)
        with counted() as statements:
            who.get(page.address(requests + 1000))
        results[page.name] = Measured(spent, len(statements))
    return results


def rows(
    here: Mapping[str, Measured], large: Mapping[str, Measured], small: Mapping[str, Measured], *, games: int
) -> list[tuple[str, ...]]:
    """The table's rows: page, CPU, goal, growth from the small shop to the large one, what it is made of."""
    lines = []
    for page in pages(games):
        cost = here[page.name].cost
        growth = large[page.name].cost.total_ms / small[page.name].cost.total_ms
        told = f"{cost.app_ms:.2f} + {cost.database_ms:.2f} ms; {here[page.name].statements} statements"
        lines.append((page.name, f"{cost.total_ms:.2f}", f"≤ {page.goal_ms:g}", f"{growth:.2f}", told))
    return lines
