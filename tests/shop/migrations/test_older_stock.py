"""Migration 0012: a shop that booked under older rules is verified, and its forms that are still open are known."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError

from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.operations import Line, verify
from shop.stock.rules import DocumentKind
from tests.factories import SYSTEM, editions_of, key, make_game, make_location, make_stock, refused

FIRST = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
DEEDS = (  # kind, of a document and its movement; copies; their worth in kopiykas; minutes after the first
    ("receipt", 10, 2_000_00, 0),
    ("write_off", -9, -1_800_00, 1),
    ("receipt", 10, 1_000_00, -5),  # a clock went back
    ("reversal", -10, -1_200_00, 2),  # of the first: no more than the level was worth
)


def _book_under_older_rules(level_id: int) -> list[int]:
    """Add documents with one movement each, and set the level as they left it; their ids."""
    tables = sa.MetaData()
    with db.engine.begin() as connection:
        tables.reflect(connection, only=["stock_document", "stock_movement", "stock_level"])
        document, movement, level = (tables.tables[f"stock_{name}"] for name in ("document", "movement", "level"))
        documents: list[int] = []
        first_movement, on_hand, worth = 0, 0, 0
        for kind, quantity, value, minutes in DEEDS:
            undoes = kind == "reversal"
            on_hand, worth, number = on_hand + quantity, worth + value, len(documents)
            told: dict[str, Any] = {"kind": kind, "reason": "давно", "actor_name": "Олена"}
            told |= {"occurred_at": FIRST + timedelta(minutes=minutes), "idempotency_key": f"old-{number}"}
            whole = told | {"reference": "", "reverses_id": documents[0] if undoes else None}
            made = connection.scalar(sa.insert(document).values(whole).returning(document.c.id))
            documents.append(made or 0)
            line = told | {"level_id": level_id, "document_id": made, "quantity": quantity, "value": value}
            line |= {"balance_after": on_hand, "reverses_id": first_movement if undoes else None}
            moved = connection.scalar(sa.insert(movement).values(line).returning(movement.c.id))
            first_movement = first_movement or moved or 0
        left = {"on_hand": on_hand, "value": worth}
        connection.execute(sa.update(level).where(level.c.id == level_id).values(left))
        connection.execute(sa.text("UPDATE game SET in_stock = true"))
    return documents


@pytest.fixture
def edition_id(app: Flask) -> int:
    """An edition with a level that holds nothing: a receipt of it was undone before all else."""
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 1)
    with transaction():
        stock.reverse(1, reason="помилка", key=key(), actor=SYSTEM, at=FIRST - timedelta(days=1))
    return edition.id


@pytest.fixture
def documents(edition_id: int) -> list[int]:
    """What was booked under older rules, before an upgrade."""
    db.session.remove()
    downgrade(revision="0004")
    made = _book_under_older_rules(1)
    upgrade()
    return made


def test_what_was_right_under_older_rules_is_no_drift(
    documents: list[int], edition_id: int, actor: Actor, now: datetime
) -> None:
    assert verify(at=now)[1] == []
    with transaction():
        booked = stock.receive([Line(edition_id, 2, Decimal(300))], location_id=1, key=key(), actor=actor, at=FIRST)
        assert booked.occurred_at > FIRST
        stock.reverse(booked.id, reason="помилка", key=key(), actor=actor, at=FIRST)
    assert verify(at=now)[1] == []


def test_what_is_booked_since_must_keep_the_rules(documents: list[int], edition_id: int, now: datetime) -> None:
    with transaction():
        booked = stock.receive([Line(edition_id, 2, Decimal(300))], location_id=1, key=key(), actor=SYSTEM, at=now)
        undoing = stock.reverse(booked.id, reason="помилка", key=key(), actor=SYSTEM, at=now).id
    tables = sa.MetaData()
    db.session.remove()
    with db.engine.begin() as connection:
        for name in ("no_change", "no_update"):
            on = " ON stock_movement" if connection.dialect.name == "postgresql" else ""
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS stock_movement_{name}{on}"))
        tables.reflect(connection, only=["stock_movement"])
        movement = tables.tables["stock_movement"]
        wrong = {"occurred_at": FIRST - timedelta(days=30), "value": -500_00}
        connection.execute(sa.update(movement).where(movement.c.document_id == undoing).values(wrong))
    columns = {each.column for each in verify(at=now)[1] if each.row.startswith("stock_movement")}
    assert {"not_before", "value"} <= columns


def test_a_form_that_was_open_across_the_upgrade_books_nothing_twice(
    documents: list[int], edition_id: int, actor: Actor, now: datetime
) -> None:
    with refused("key_used_otherwise"), transaction():
        stock.receive([Line(edition_id, 10, Decimal(200))], location_id=1, key="old-0", actor=actor, at=now)
    with refused("key_used_otherwise"), transaction():
        stock.write_off([Line(edition_id, 1)], location_id=1, reason="злам", key="old-0", actor=actor, at=now)
    kinds = db.session.scalars(sa.text("SELECT kind FROM done_deed WHERE fingerprint = '' ORDER BY answer"))
    assert kinds.all()[-len(DEEDS) :] == [f"stock.{DocumentKind(kind)}" for kind, *_ in DEEDS]


def test_the_mark_is_one_row_that_never_changes(documents: list[int]) -> None:
    last = db.session.scalar(sa.text("SELECT max(id) FROM stock_movement"))
    assert db.session.scalars(sa.text("SELECT last_movement_id FROM older_stock")).all() == [last]
    db.session.remove()
    for statement in (
        "UPDATE older_stock SET last_movement_id = 1000",
        "DELETE FROM older_stock",
        "INSERT INTO older_stock (id, last_movement_id) VALUES (2, 1000)",
    ):
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.execute(sa.text(statement))
