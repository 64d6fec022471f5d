"""Gunicorn as the shop runs it, over the database of a test; it can be killed at any moment and comes back."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60
WORKERS = 2  # as web/serving.py has it


class Gunicorn:
    """Served by web/serving.py, on a free port. `factory` makes the application; only its own processes are ended."""

    def __init__(self, app: Flask, *, log: Path, factory: str = "app:create_app()", **environment: str) -> None:
        self.factory = factory
        self.port = _free_port()
        self.log = log
        self.environment = {**os.environ, **_database(app), "TRUSTED_PROXIES": "1", **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Gunicorn":
        """Start it and wait until all workers answer."""
        command = [sys.executable, "-m", "gunicorn", "--config", "web/serving.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "error", self.factory]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()
        return self

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]

    def wait(self) -> None:
        """Until as many workers as there should be are there, and several requests in a row are answered."""
        until = time.monotonic() + _START_SECONDS
        answered = 0
        while answered < 2 * WORKERS:
            assert self.process is not None
            assert self.process.poll() is None, f"gunicorn ended: {self.log.read_text()[-2000:]}"
            assert time.monotonic() < until, f"gunicorn does not answer: {self.log.read_text()[-2000:]}"
            answered = answered + 1 if len(self.workers) == WORKERS and self._answers() else 0
            if not answered:
                time.sleep(0.05)

    def kill_worker(self, place: int = 0) -> None:
        """End one worker at once; gunicorn makes another one."""
        os.kill(self.workers[place % WORKERS], signal.SIGKILL)
        time.sleep(0.05)  # until gunicorn knows of it
        self.wait()

    def kill(self) -> None:
        """End it with all its workers at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        """Kill it and start it anew."""
        self.kill()
        self.start()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _database(app: Flask) -> dict[str, str]:
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.startswith("sqlite:///"):
        return {"DATABASE_URL": "", "DATABASE_PATH": url.removeprefix("sqlite:///")}
    return {"DATABASE_URL": url}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
