"""Workers, the whole application and the database are killed while staff work: no deed is lost, none done twice."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from shop.catalog.operations.publishers import add_publisher
from shop.db import db, transaction
from tests.factories import AT, SYSTEM, editions_of, make_game, make_location
from tests.factories.people import PASSWORD, make_account
from tests.hostile import deeds
from tests.hostile.deeds import Ready
from tests.hostile.people import OverSocket
from tests.hostile.served import Gunicorn
from tests.servers import Postgres

EMAIL = "olena@shop.example"
CLERKS = 4
PATIENCE_SECONDS = 60


@dataclass
class Shop:
    """What the clerks work with."""

    edition: int
    places: tuple[int, int]
    publishers: list[int]


@dataclass
class Clerk:
    """Somebody who sends one deed after another, each until it is answered, and writes down what was answered."""

    server: Gunicorn
    shop: Shop
    number: int
    stop: threading.Event
    answered: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    person: OverSocket = field(init=False)

    def work(self) -> None:
        """Until it is enough."""
        self.person = OverSocket(self.server.port)
        self._until_answered(lambda: self.person.sign_in(EMAIL, PASSWORD))
        kinds = ["receipt", "transfer", "price", "game"]
        done = 0
        while not self.stop.is_set():
            kind = kinds[(self.number + done) % len(kinds)]
            mark = f"{kind}-{self.number}-{done}"
            ready = self._until_answered(lambda: self._prepared(kind, mark))  # noqa: B023 it is called at once
            self._send(mark, ready)
            done += 1

    def _prepared(self, kind: str, mark: str) -> Ready:
        one, other = self.shop.places
        if kind == "receipt":
            lines = [(self.shop.edition, 3, "500")]
            return deeds.receipt(self.person, lines, location=one, reference=mark)
        if kind == "transfer":
            lines = [(self.shop.edition, 1, "")]
            return deeds.transfer(self.person, lines, source=one, target=other, reason=mark)
        if kind == "game":
            return deeds.new_game(self.person, mark)
        publisher = self.shop.publishers[self.number]
        ready = deeds.repricing(self.person, publisher=publisher, percent="7", reason=mark)
        assert ready is not None, "the preview shows no price"
        return ready

    def _send(self, mark: str, ready: Ready) -> None:
        answer = self._until_answered(lambda: ready.send(self.person))
        if answer.status in (302, 303) and "/auth/" not in answer.location:
            self.answered[mark] = answer.status
        else:
            self.wrong.append(f"{mark}: {answer.status} {answer.location} {answer.text[:200]}")

    def _until_answered(self, ask: Callable[[], object]) -> object:
        """Ask again after a lost answer, with all that was sent before, the key too."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = ask()
            except (OSError, http.client.HTTPException):
                answer = None
            except AssertionError:  # a page of failure has none of the forms
                answer = None
            if answer is not None and getattr(answer, "status", 200) < 500:
                return answer
            assert time.monotonic() < until, "no answer for a minute"
            time.sleep(0.02)


@pytest.fixture
def shop(app: Flask) -> Shop:
    make_account("owner", email=EMAIL)
    publishers = []
    for number in range(CLERKS):
        with transaction():
            publishers.append(add_publisher(f"Видавець {number}", actor=SYSTEM, at=AT).id)
        make_game(title=f"Гра {number}", publisher_id=publishers[-1])
    edition = editions_of(make_game(title="Каркасон"))[0]
    places = make_location("Склад"), make_location("Зала")
    found = Shop(edition.id, (places[0].id, places[1].id), publishers)
    db.session.remove()
    return found


def _stock(server: Gunicorn, shop: Shop) -> None:
    """Enough copies for all transfers."""
    person = OverSocket(server.port)
    person.sign_in(EMAIL, PASSWORD)
    lines = [(shop.edition, 50_000, "500")]
    assert deeds.receipt(person, lines, location=shop.places[0], reference="перша").send(person).status == 303


@pytest.fixture
def clerks(shop: Shop) -> Iterator[Callable[[Gunicorn], list[Clerk]]]:
    """Clerks at work; they stop with the test."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def begin(server: Gunicorn) -> list[Clerk]:
        _stock(server, shop)
        working = [Clerk(server, shop, number, stop) for number in range(CLERKS)]
        threads.extend(threading.Thread(target=clerk.work, daemon=True) for clerk in working)
        for thread in threads:
            thread.start()
        return working

    def end() -> None:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()

    begin.end = end  # type: ignore[attr-defined]
    yield begin
    end()


def _some_work(working: list[Clerk], deeds_more: int = 4) -> None:
    """Until some more deeds are answered."""
    until, before = time.monotonic() + PATIENCE_SECONDS, sum(len(clerk.answered) for clerk in working)
    while sum(len(clerk.answered) for clerk in working) < before + deeds_more:
        assert time.monotonic() < until, [clerk.wrong for clerk in working]
        time.sleep(0.01)


def _compare(app: Flask, working: list[Clerk]) -> None:
    """Each deed that was answered stands in the books once, and none stands there twice."""
    assert [line for clerk in working for line in clerk.wrong] == []
    answered = {mark for clerk in working for mark in clerk.answered}
    booked = _booked()
    assert {mark: times for mark, times in booked.items() if times != 1} == {}
    assert answered - booked.keys() == set()
    assert booked.keys() - answered == set()  # nobody stopped before an answer
    verified = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert verified.exit_code == 0, verified.output
    print(f"\n{len(answered)} deeds: {Counter(mark.split('-')[0] for mark in answered)}")


def _booked() -> Counter[str]:
    db.session.remove()
    db.engine.dispose()
    marks: Counter[str] = Counter()
    for statement in (
        "SELECT reference FROM stock_document WHERE kind = 'receipt'",
        "SELECT reason FROM stock_document WHERE kind = 'transfer'",
        "SELECT reason FROM price_batch",
        "SELECT title FROM game WHERE title LIKE 'game-%'",
    ):
        with db.engine.connect() as connection:
            marks.update(connection.scalars(text(statement)).all())
    del marks["перша"]
    return marks


def test_killed_workers_and_a_killed_application_lose_and_double_nothing(
    app: Flask,
    shop: Shop,
    gunicorn: Callable[..., Gunicorn],
    clerks: Callable[[Gunicorn], list[Clerk]],
    scaled: Callable[[int, int], int],
) -> None:
    server = gunicorn()
    working = clerks(server)
    for number in range(scaled(3, 25)):
        _some_work(working)
        if number % 3 == 2:
            server.restart()
        else:
            server.kill_worker(number)
    _some_work(working)
    clerks.end()  # type: ignore[attr-defined]
    _compare(app, working)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_killed_database_loses_and_doubles_nothing(
    app: Flask,
    shop: Shop,
    postgres: Postgres,
    gunicorn: Callable[..., Gunicorn],
    clerks: Callable[[Gunicorn], list[Clerk]],
    scaled: Callable[[int, int], int],
) -> None:
    """SQLite has no server to kill."""
    name = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database
    postgres.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")
    server = gunicorn()
    working = clerks(server)
    for _ in range(scaled(1, 5)):
        _some_work(working)
        postgres.crash()
    _some_work(working)
    clerks.end()  # type: ignore[attr-defined]
    _compare(app, working)
