"""What the hostile tests share. `HOSTILE=long` (as `make hostile` sets it) makes the same tests run for much longer."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.clients import browser
from tests.factories.people import PASSWORD, make_account
from tests.hostile.people import InProcess
from tests.hostile.served import Gunicorn

EMAIL = "olena@shop.example"


@pytest.fixture
def scaled() -> Callable[[int, int], int]:
    """`scaled(3, 25)`: how often something is tried in the suite, and how often in the longer run."""
    return lambda short, long: long if os.environ.get("HOSTILE") == "long" else short


@pytest.fixture
def seed() -> int:
    """What random choices begin with; HOSTILE_SEED gives others."""
    return int(os.environ.get("HOSTILE_SEED") or 20270301)


@pytest.fixture
def gunicorn(app: Flask, tmp_path: Path) -> Iterator[Callable[..., Gunicorn]]:
    """`gunicorn()` is a real server over the test's database, ended with the test."""
    started: list[Gunicorn] = []

    def start(**environment: str) -> Gunicorn:
        server = Gunicorn(app, log=tmp_path / f"gunicorn-{len(started)}.log", **environment)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def owner(app: Flask) -> InProcess:
    """A browser of an owner, who may do anything."""
    make_account("owner", email=EMAIL, name="Олена")
    client = browser(app)
    assert client.sign_in(EMAIL, PASSWORD).status_code == 302
    return InProcess(client)


@pytest.fixture
def owners(app: Flask, owner: InProcess) -> Callable[[int], list[InProcess]]:
    """`owners(8)` are so many windows of the same browser, each for a thread of its own."""

    def windows(count: int) -> list[InProcess]:
        cookie = owner.browser.get_cookie("komora")
        assert cookie is not None
        others = [browser(app) for _ in range(count)]
        for other in others:
            other.set_cookie("komora", cookie.value)
        return [InProcess(other) for other in others]

    return windows
