"""Several people do at random what staff do with copies and prices, and undo it: afterwards all numbers agree."""

import random
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text

from shop.catalog.operations.publishers import add_publisher
from shop.db import db, transaction
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, make_game, make_location
from tests.hostile import deeds
from tests.hostile.at_once import at_once
from tests.hostile.deeds import Ready
from tests.hostile.people import Answer, InProcess

PEOPLE = 6
LOWEST_COST, HIGHEST_COST = 100, 200
DEEDS = ("receipt", "receipt", "write_off", "transfer", "adjustment", "undo", "undo", "price", "game")


class Worker:
    """Somebody who does one thing after another, with what there is of editions and places."""

    def __init__(self, person: InProcess, chance: random.Random, shop: dict[str, list[int]]) -> None:
        self.person, self.chance, self.shop = person, chance, shop
        self.pages: list[str] = []
        self.statuses: Counter[tuple[str, int]] = Counter()

    def do(self, times: int) -> None:
        """So many random deeds; of those that went through the page is kept, to be undone perhaps."""
        for number in range(times):
            kind = self.chance.choice(DEEDS)
            ready = getattr(self, f"_{kind}")(f"{kind}-{number}")
            if ready is None:
                continue
            answer: Answer = ready.send(self.person)
            self.statuses[kind, answer.status] += 1
            if answer.status == 303 and re.search(r"/(documents|batches)/\d+/$", answer.location):
                self.pages.append(answer.location)

    def _receipt(self, mark: str) -> Ready:
        costs = [str(self.chance.randint(LOWEST_COST, HIGHEST_COST)) for _ in range(2)]
        lines = [(self._edition(), self.chance.randint(1, 9), cost) for cost in costs]
        return deeds.receipt(self.person, lines, location=self._place(), reference=mark)

    def _write_off(self, mark: str) -> Ready:
        lines = [(self._edition(), self.chance.randint(1, 3), "")]
        return deeds.write_off(self.person, lines, location=self._place(), reason=mark)

    def _transfer(self, mark: str) -> Ready:
        lines = [(self._edition(), self.chance.randint(1, 3), "") for _ in range(2)]
        return deeds.transfer(self.person, lines, source=self._place(), target=self._place(), reason=mark)

    def _adjustment(self, mark: str) -> Ready:
        counted = self.chance.randint(0, 20)
        return deeds.adjustment(self.person, self._edition(), location=self._place(), counted=counted, reason=mark)

    def _undo(self, mark: str) -> Ready | None:
        if not self.pages:
            return None
        page = self.pages.pop(self.chance.randrange(len(self.pages)))
        return deeds.undoing(self.person, page, reason=mark)

    def _price(self, mark: str) -> Ready | None:
        percent = str(self.chance.choice((-9, -5, 5, 9)))
        return deeds.repricing(self.person, publisher=self.shop["publishers"][0], percent=percent, reason=mark)

    def _game(self, mark: str) -> Ready:
        return deeds.new_game(self.person, f"{mark}-{id(self)}")

    def _edition(self) -> int:
        return self.chance.choice(self.shop["editions"])

    def _place(self) -> int:
        return self.chance.choice(self.shop["places"])


@pytest.fixture
def shop(app: Flask) -> dict[str, list[int]]:
    with transaction():
        publisher = add_publisher("Видавець", actor=SYSTEM, at=AT).id
    cost = Decimal((LOWEST_COST + HIGHEST_COST) // 2)
    facts = [EditionFactsFactory(cost=cost) for _ in range(3)]
    games = [make_game(each, title=f"Гра {n}", publisher_id=publisher) for n, each in enumerate(facts)]
    editions = [editions_of(game)[0].id for game in games]
    places = [make_location(name).id for name in ("Склад", "Зала")]
    db.session.remove()
    return {"editions": editions, "places": places, "publishers": [publisher]}


def _rows(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_random_deeds_of_six_people_leave_books_that_agree(
    app: Flask,
    owners: Callable[[int], list[InProcess]],
    shop: dict[str, list[int]],
    seed: int,
    scaled: Callable[[int, int], int],
) -> None:
    workers = [Worker(window, random.Random(seed + n), shop) for n, window in enumerate(owners(PEOPLE))]
    at_once(workers, lambda _, worker: worker.do(scaled(12, 880)))

    statuses = sum((worker.statuses for worker in workers), Counter())
    print(f"\n{statuses.total()} deeds: {dict(sorted(statuses.items()))}")
    assert {case: times for case, times in statuses.items() if case[1] not in (200, 303, 409)} == {}
    verified = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert verified.exit_code == 0, verified.output
    assert _movements_that_go_back() == []
    assert _false_worths() == []


def _movements_that_go_back() -> list[tuple[object, ...]]:
    return _rows(
        "SELECT id, level_id, occurred_at, before FROM (SELECT id, level_id, occurred_at, "
        "lag(occurred_at) OVER (PARTITION BY level_id ORDER BY id) AS before FROM stock_movement) AS each_one "
        "WHERE occurred_at < before"
    )


def _false_worths() -> list[tuple[object, ...]]:
    """Levels whose copies are worth less than the cheapest one was bought for, or more than the dearest one."""
    least, most = 100 * LOWEST_COST, 100 * HIGHEST_COST  # the worth is in kopiykas, rounded once a movement
    levels = _rows("SELECT id, on_hand, value FROM stock_level")
    return [row for row in levels if not least * int(row[1]) - 100 <= int(row[2]) <= most * int(row[1]) + 100]
