"""What only a real server shows: memory of a worker, a long export, the second start."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.measure import rss_mib
from bench.shops import EMAIL, PASSWORD


def measured(path: str, folder: Path, *, mixed: int) -> list[tuple[str, ...]]:
    """The table's rows: a long export, memory after `mixed` requests, the second start."""
    server = serve({"DATABASE_PATH": path})
    try:
        server.sign_in(EMAIL)
        first, total, growth, lines = export(server)
        memory = memory_after(server, mixed)
    finally:
        server.process.terminate()
        server.process.wait()
    return [
        (f"CSV of {lines - 1:,} movements: seconds to the first byte", f"{first:.2f}", "", f"{total:.0f} s in all"),
        ("CSV: growth of the worker’s memory, MiB", f"{growth:.1f}", "≤ 40", ""),
        (f"worker’s memory after {mixed:,} mixed requests, MiB", f"{memory:.0f}", "≤ 160", ""),
        ("second `make run`: seconds to the first answer", f"{second_start(folder / 'run'):.1f}", "≤ 5", ""),
    ]


@dataclass
class Server:
    """Gunicorn with one worker in front of a database."""

    port: int
    process: subprocess.Popen[bytes]
    cookie: str = ""

    @property
    def worker(self) -> int:
        """The process id of the worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def ask(self, method: str, path: str, body: str = "") -> http.client.HTTPResponse:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("komora="):
                self.cookie = value.split(";")[0]
        return answer

    def sign_in(self, email: str) -> None:
        """Sign in as a person would, with the form's token."""
        page = self.ask("GET", "/auth/login").read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None
        form = {"email": email, "password": PASSWORD, "csrf_token": token[1]}
        answer = self.ask("POST", "/auth/login", urlencode(form))
        assert answer.status == 302, answer.status
        answer.read()


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def serve(environment: dict[str, str]) -> Server:
    """Start gunicorn and wait until it answers."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-b",
        f"127.0.0.1:{port}",
        "-k",
        "gthread",
        "-w",
        "1",
        "--threads",
        "8",
    ]
    command += ["--no-control-socket", "--log-level", "error", "app:create_app()"]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    server = Server(port, process)
    wait_for(server.port)
    return server


def wait_for(port: int, *, seconds: float = 120) -> float:
    """Seconds until /healthz answers."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return time.perf_counter() - begun
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not answer")


def export(server: Server) -> tuple[float, float, float, int]:
    """The export of all movements: seconds to the first byte, in all, growth of memory in MiB, lines."""
    server.ask("GET", "/admin/movements/").read()
    before = rss_mib(server.worker)
    begun = time.perf_counter()
    answer = server.ask("GET", "/admin/movements/export/csv/")
    lines = answer.read(1).count(b"\n")
    first = time.perf_counter() - begun
    most = before
    while chunk := answer.read(1 << 20):
        lines += chunk.count(b"\n")
        most = max(most, rss_mib(server.worker))
    return first, time.perf_counter() - begun, most - before, lines


def memory_after(server: Server, requests: int) -> float:
    """A worker's memory in MiB after mixed requests."""
    paths = ("/", "/?q=карк&players=3", "/games/g-7", "/admin/", "/admin/games/", "/admin/games/edit/?id=7")
    paths += ("/admin/movements/?page=3", "/admin/levels/?state=low", "/admin/why/7/", "/admin/find/?q=дракон")
    for number in range(requests):
        path = paths[number % len(paths)]
        answer = server.ask("GET", quote(path, safe="/?&=%"))
        answer.read()
        assert answer.status == 200, (path, answer.status)
    return rss_mib(server.worker)


def second_start(folder: Path) -> float:
    """Seconds from the second `make run` to the first answer."""
    environment = os.environ | {"DATA_DIR": str(folder), "PORT": str(free_port())}
    for name in ("DATABASE_PATH", "DATABASE_URL", "SECRET_KEY", "JWT_SECRET_KEY"):
        environment.pop(name, None)
    taken = 0.0
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-m", "demo.serve"], env=environment, stdout=subprocess.DEVNULL)
        taken = wait_for(int(environment["PORT"]))
        process.terminate()
        process.wait()
    return taken
