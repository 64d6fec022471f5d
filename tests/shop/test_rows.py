"""A row is there, unchanged and held; who changed it meanwhile is named."""

from datetime import datetime

import pytest
from flask import Flask

from shop import rows
from shop.audit.rules import Actor
from shop.catalog.models import Publisher
from shop.catalog.operations import publishers
from shop.db import db, transaction
from tests.factories import refused


@pytest.fixture
def publisher(app: Flask, now: datetime) -> int:
    with transaction():
        return publishers.add_publisher("Ігромаг", actor=Actor.command("Олена"), at=now).id


@pytest.mark.parametrize("row_id", [0, -1, 999, 2**40])
def test_what_is_not_there_is_told_so(app: Flask, row_id: int) -> None:
    with refused("publisher_not_found"):
        rows.row(Publisher, row_id)
    with refused("publisher_not_found"), transaction():
        rows.held(Publisher, row_id)


def test_a_change_by_another_person_is_a_conflict_that_names_them(publisher: int, now: datetime) -> None:
    with transaction():
        publishers.rename_publisher(publisher, "Ігромаг 2", version=1, actor=Actor.command("Ірина"), at=now)
    with refused("changed_meanwhile") as refusal, transaction():
        rows.held(Publisher, publisher, version=1)
    assert refusal.value.values == {"who": "Ірина"}


def test_a_held_row_is_read_anew(publisher: int) -> None:
    seen = rows.row(Publisher, publisher)
    with db.engine.begin() as other:
        other.exec_driver_sql("UPDATE publisher SET version = 9")
    db.session.rollback()
    assert seen.id == publisher
    with transaction():
        assert rows.held(Publisher, publisher).version == 9


def test_a_taken_unique_value_is_a_conflict_at_its_field(publisher: int) -> None:
    with refused("name_taken") as refusal, transaction():
        db.session.add(Publisher(name="Ігромаг", key="x", sort_key="x"))
        rows.flush_or_conflict({"name": "There is already one with this name."})
    assert refusal.value.field == "name"
