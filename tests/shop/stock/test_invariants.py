"""Random histories of deeds: whatever people do in whatever order, the books agree with the shelves."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.errors import Conflict, ShopError
from shop.stock import operations as stock
from shop.stock.models import StockDocument, StockLevel
from shop.stock.operations import Line, verify
from tests.factories import editions_of, key, make_game, make_location

ACTOR = Actor.command("Випадок")
EDITION, PLACE = st.integers(0, 1), st.integers(0, 1)
QUANTITY = st.integers(1, 30)
EXAMPLES = 60 if os.environ.get("HOSTILE") == "long" else 5


class Histories(RuleBasedStateMachine):
    """A model beside the shop: a dictionary of how many copies stand where."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        self.clock = datetime(2027, 1, 1, tzinfo=UTC)
        self.editions = [editions_of(make_game())[0].id for _ in range(2)]
        self.places = [make_location(f"Місце {key()}").id for _ in range(2)]
        self.shelf = {(edition, place): 0 for edition in range(2) for place in range(2)}
        self.documents: list[tuple[int, dict[tuple[int, int], int]]] = []
        self.undone: set[int] = set()
        self.undoings: set[int] = set()
        self.costs = {edition: {Decimal(500)} for edition in range(2)}

    def _try(self, deed: object, effect: dict[tuple[int, int], int], *, allowed: bool = True) -> None:
        """The deed goes through exactly when it is allowed and no shelf would fall below zero."""
        self.clock += timedelta(minutes=1)
        possible = allowed and all(self.shelf[spot] + change >= 0 for spot, change in effect.items())
        try:
            with transaction():
                document_id = deed().id
        except Conflict:
            assert not possible
            return
        assert possible
        for spot, change in effect.items():
            self.shelf[spot] += change
        self.documents.append((document_id, effect))

    def _line(self, edition: int, quantity: int, cost: Decimal | None = None) -> list[Line]:
        return [Line(self.editions[edition], quantity, cost)]

    @rule(hours=st.integers(1, 50))
    def the_clock_is_put_back(self, hours: int) -> None:
        self.clock -= timedelta(hours=hours)

    @rule(edition=EDITION, place=PLACE, quantity=QUANTITY, cost=st.none() | st.decimals("0", "999.99", places=2))
    def receive(self, edition: int, place: int, quantity: int, cost: Decimal | None) -> None:
        self.costs[edition].add(Decimal(500) if cost is None else cost)
        self._try(
            lambda: stock.receive(
                self._line(edition, quantity, cost),
                location_id=self.places[place],
                key=key(),
                actor=ACTOR,
                at=self.clock,
            ),
            {(edition, place): quantity},
        )

    @rule(edition=EDITION, place=PLACE, quantity=QUANTITY)
    def write_off(self, edition: int, place: int, quantity: int) -> None:
        self._try(
            lambda: stock.write_off(
                self._line(edition, quantity),
                location_id=self.places[place],
                reason="злам",
                key=key(),
                actor=ACTOR,
                at=self.clock,
            ),
            {(edition, place): -quantity},
        )

    @rule(edition=EDITION, place=PLACE, counted=st.integers(0, 40))
    def adjust(self, edition: int, place: int, counted: int) -> None:
        seen = self.shelf[(edition, place)]
        if counted != seen:
            self._try(
                lambda: stock.adjust(
                    self.editions[edition],
                    location_id=self.places[place],
                    counted=counted,
                    seen=seen,
                    reason="перелік",
                    key=key(),
                    actor=ACTOR,
                    at=self.clock,
                ),
                {(edition, place): counted - seen},
            )

    @rule(edition=EDITION, place=PLACE, quantity=QUANTITY)
    def transfer(self, edition: int, place: int, quantity: int) -> None:
        self._try(
            lambda: stock.transfer(
                self._line(edition, quantity),
                from_location_id=self.places[place],
                to_location_id=self.places[1 - place],
                key=key(),
                actor=ACTOR,
                at=self.clock,
            ),
            {(edition, place): -quantity, (edition, 1 - place): quantity},
        )

    @precondition(lambda self: self.documents)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        document_id, effect = data.draw(st.sampled_from(self.documents))
        if document_id in self.undone or not effect or db.session.get_one(StockDocument, document_id).reverses_id:
            with pytest.raises(ShopError), transaction():
                stock.reverse(document_id, reason="знову", key=key(), actor=ACTOR, at=self.clock)
            return
        before = len(self.documents)
        self._try(
            lambda: stock.reverse(document_id, reason="помилка", key=key(), actor=ACTOR, at=self.clock),
            {spot: -change for spot, change in effect.items()},
            allowed=not self._used_since(document_id, effect),
        )
        if len(self.documents) > before:
            self.undone.add(document_id)
            self.undoings.add(self.documents[-1][0])

    def _used_since(self, document_id: int, effect: dict[tuple[int, int], int]) -> bool:
        """Whether copies left since, by a deed that still counts, where this document brought some."""
        came = {spot for spot, change in effect.items() if change > 0}
        later = [each for each in self.documents if each[0] > document_id and each[0] not in self.undone]
        return any(
            change < 0 and spot in came
            for later_id, changes in later
            if later_id not in self.undoings
            for spot, change in changes.items()
        )

    @invariant()
    def the_books_agree_with_the_shelves(self) -> None:
        db.session.rollback()
        db.session.expire_all()
        rows = db.session.scalars(db.select(StockLevel).where(StockLevel.edition_id.in_(self.editions)))
        levels = {(level.edition_id, level.location_id): level for level in rows}
        for (edition, place), quantity in self.shelf.items():
            level = levels.get((self.editions[edition], self.places[place]))
            assert (level.on_hand if level else 0) == quantity
            assert level is None or level.value >= 0
            assert level is None or quantity > 0 or level.value == 0
            if level is not None and quantity:  # a copy is worth something between the lowest and the highest cost
                rounding = Decimal(len(self.documents)) * quantity / 100
                low, high = min(self.costs[edition]) * quantity, max(self.costs[edition]) * quantity
                assert low - rounding <= level.value <= high + rounding
        assert verify(at=self.clock)[1] == []


def test_the_books_agree_after_any_history(app: Flask) -> None:
    run_state_machine_as_test(
        Histories, settings=settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None, derandomize=True)
    )
