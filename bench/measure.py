"""Counting statements, CPU and memory of requests."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.clients import Browser

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one request, in milliseconds of CPU: the application's and the database server's; and requests a second."""

    app_ms: float
    database_ms: float
    per_second: float
    size: int

    @property
    def total_ms(self) -> float:
        """Application and database together."""
        return self.app_ms + self.database_ms


def cost(
    client: Browser, path: str | Callable[[int], str], *, requests: int, database_cpu: Callable[[], float]
) -> Cost:
    """The mean cost of a request, after three that warm up. `path` may be another one for each number of a request."""
    address = path if callable(path) else lambda _: path
    for number in range(3):
        answer = client.get(address(requests + number))
        assert answer.status_code == 200, (address(requests + number), answer.status_code)
    size = len(answer.data)
    begun, cpu, database = time.perf_counter(), time.process_time(), database_cpu()
    for number in range(requests):
        client.get(address(number))
    wall = time.perf_counter() - begun
    app_ms = (time.process_time() - cpu) * 1000 / requests
    return Cost(app_ms, (database_cpu() - database) * 1000 / requests, requests / wall, size)


def children_cpu(folder: str) -> Callable[[], float]:
    """CPU seconds so far that a PostgreSQL server, whose data lie in a folder, has spent on queries.

    A parallel worker that has ended counts with the postmaster that reaped it; writing behind the scenes doesn't count.
    """

    def seconds() -> float:
        total = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if folder in os.readlink(process / "cwd") and not _is_background(process):
                    fields = (process / "stat").read_text().rpartition(")")[2].split()
                    total += sum(int(ticks) for ticks in fields[11:15])
            except OSError:
                continue
        return total / _TICK

    return seconds


def _is_background(process: Path) -> bool:
    name = (process / "cmdline").read_text()
    return name.startswith("postgres: ") and any(
        word in name for word in ("checkpointer", "background writer", "walwriter", "autovacuum")
    )


def rss_mib(pid: int | str = "self") -> float:
    """Resident memory of a process in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
