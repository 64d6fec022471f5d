"""What the tables refuse and keep by themselves."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from shop.db import db, transaction
from shop.stock.models import StockLevel
from shop.stock.operations import verify
from tests.factories import editions_of, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


IMMUTABLE = ["stock_movement", "stock_document", "stock_check", "audit_entry"]


@pytest.fixture
def booked(app: Flask, now: datetime) -> None:
    """One receipt and one verification."""
    make_stock(editions_of(make_game())[0], make_location(), 5)
    verify(at=now)


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize("table", IMMUTABLE)
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_what_has_happened_is_never_changed(table: str, deed: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(text(deed.format(table)))
    db.session.rollback()


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize("table", ["stock_movement", "stock_document", "stock_check"])
def test_no_row_of_what_has_happened_is_replaced(app: Flask, table: str) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
    db.session.rollback()


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("on_hand = -1, value = 0", "(on_hand|promised)"),  # it breaks both, and databases ask in orders of their own
        ("allocated = 6", "promised"),
        ("value = -1", "value"),
        ("on_hand = 0", "value"),
    ],
)
def test_a_level_that_cannot_be_is_refused_by_the_database(change: str, constraint: str) -> None:
    with pytest.raises(DatabaseError, match=f"ck_stock_level_{constraint}"):
        db.session.execute(text(f"UPDATE stock_level SET {change}"))
    db.session.rollback()


@pytest.mark.usefixtures("booked")
def test_what_an_edition_calls_low_is_what_its_levels_call_low() -> None:
    with transaction():
        db.session.execute(text("UPDATE edition SET low_stock_at = 7"))
    assert db.session.scalars(db.select(StockLevel.low_at)).one() == 7
