"""Twenty-four readers ask for a long list and don't read it: the shop stays open, and they are let go in the end."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from shop.db import db
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.people import PASSWORD, make_account
from tests.hostile.impatient import STALL_SECONDS
from tests.hostile.many_rows import many_movements
from tests.hostile.people import OverSocket
from tests.hostile.served import Gunicorn

READERS = 24
ROWS = 8_000
MOST_SECONDS = 2.0  # the better of two tries, since other tests run on the same machine
PATHS = ("/", "/healthz", "/admin/")
LET_GO_SECONDS = STALL_SECONDS + 5
EMAIL = "olena@shop.example"


@contextmanager
def _readers(person: OverSocket, path: str) -> Iterator[list[socket.socket]]:
    """Connections on which a list was asked for, with room for a few kilobytes of it."""
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    opened: list[socket.socket] = []
    try:
        for _ in range(READERS):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            reader.settimeout(10)
            reader.connect(("127.0.0.1", person.port))
            reader.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
            opened.append(reader)
        yield opened
    finally:
        for reader in opened:
            reader.close()


def _seconds(person: OverSocket, path: str) -> float:
    begun = time.perf_counter()
    person.patience_seconds = 15
    assert person.get(path).status == 200, path
    return time.perf_counter() - begun


def _is_let_go(reader: socket.socket) -> bool:
    """Whether the server ended the connection: all that is left can be read, and then there is an end or an error."""
    reader.settimeout(LET_GO_SECONDS)
    try:
        while reader.recv(1 << 16):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_readers_that_do_not_read_close_nothing(app: Flask, gunicorn: Callable[..., Gunicorn]) -> None:
    make_account("owner", email=EMAIL)
    make_stock(editions_of(make_game())[0], make_location(), 3)
    many_movements(ROWS)
    db.session.remove()
    db.engine.dispose()
    server = gunicorn(factory="tests.hostile.impatient:create_app()")
    person = OverSocket(server.port)
    assert person.sign_in(EMAIL, PASSWORD).status in (302, 303)
    for path in PATHS * 4:  # what a worker does once after its start is done
        person.get(path)
    with _readers(person, "/admin/movements/export/csv/") as readers:
        time.sleep(0.5)
        taken = {path: min(_seconds(person, path) for _ in range(2)) for path in PATHS}
        print(f"\nwith {READERS} readers that don't read: {taken}")
        assert max(taken.values()) < MOST_SECONDS
        assert all(_is_let_go(reader) for reader in readers)
    assert _seconds(person, "/admin/") < MOST_SECONDS
