"""Readers who ask for much and take nothing do not stop the shop."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from shop.db import db
from tests.clients import another_app, browser
from tests.web.huge import STALL_SECONDS
from web.places import NO_PLACE, Numbers, Places

EXPORT = "/admin/huge/export/csv/"


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def port(app: Flask, tmp_path: Path) -> Iterator[int]:
    """A real server of one process, on the settings of the shop."""
    file = tmp_path / "shop.db"
    shutil.copy(str(db.engine.url.database), file)
    port = _free_port()
    environment = os.environ | {"DATABASE_PATH": str(file)}
    gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "--config", "web/serving.py", "--workers", "1"]
    server = subprocess.Popen([*gunicorn, "--bind", f"127.0.0.1:{port}", "tests.web.huge:made()"], env=environment)
    for _ in range(300):
        try:
            _status(port, "/healthz")
            break
        except OSError:
            time.sleep(0.1)
    yield port
    server.terminate()
    server.wait()


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def _ask_and_take_nothing(port: int) -> socket.socket:
    asking = socket.socket()
    asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asking.connect(("127.0.0.1", port))
    asking.sendall(f"GET {EXPORT} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return asking


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_exports_that_nobody_reads_stop_nobody_else(port: int) -> None:
    readers = [_ask_and_take_nothing(port) for _ in range(24)]
    time.sleep(1)
    for path, status in ((EXPORT, 503), ("/healthz", 200), ("/", 200), ("/auth/login", 200)):
        began = time.monotonic()
        assert _status(port, path) == status
        assert time.monotonic() - began < STALL_SECONDS * 0.8
    until = time.monotonic() + STALL_SECONDS * 4
    while _status(port, EXPORT) != 200:
        assert time.monotonic() < until, "a reader who takes nothing kept the place"
        time.sleep(0.5)
    for reader in readers:
        reader.close()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_without_a_place_the_staff_are_asked_to_wait_and_the_public_are_not(app: Flask) -> None:
    with another_app(app, PLACES=Numbers(staff=0, exports=0, waiting=0)) as other:
        answer = browser(other).get("/auth/login")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Зачекайте кілька секунд" in answer.text
        assert browser(other).get("/").status_code == 200


def test_a_place_is_given_back_when_the_answer_is_closed_or_fails() -> None:
    def fails(environ: dict[str, object], _start: object) -> list[bytes]:
        if environ["PATH_INFO"] == "/admin/broken":
            raise ZeroDivisionError
        return [b"no" if environ[NO_PLACE] else b"yes"]

    shop = Places(fails, Numbers(staff=1, exports=1, waiting=1))
    with pytest.raises(ZeroDivisionError):
        shop({"PATH_INFO": "/admin/broken"}, None)
    first = shop({"PATH_INFO": "/admin/"}, None)
    assert b"".join(first) == b"yes"
    assert b"".join(shop({"PATH_INFO": "/admin/"}, None)) == b"no"
    later = Thread(target=lambda: (time.sleep(0.2), first.close()))  # type: ignore[attr-defined]
    later.start()
    assert b"".join(shop({"PATH_INFO": "/admin/"}, None)) == b"yes", "who waits a moment gets the place"
    later.join()
