"""Whether the books agree, and the last verification."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.db import db, reading, transaction
from shop.stock.models import StockLevel
from shop.stock.operations import verify
from shop.stock.queries.checks import Drift, counts, drift_of, drifts, latest_check
from tests.factories import editions_of, make_game, make_location, make_stock

pytestmark = pytest.mark.usefixtures("app")


def test_a_level_that_the_movements_do_not_explain_is_told_with_both_numbers() -> None:
    make_stock(editions_of(make_game())[0], make_location(), 5, Decimal(100))
    with reading() as connection:
        assert (counts(connection), drifts(connection)) == ((1, 1), [])
    with transaction():
        db.session.execute(db.update(StockLevel).values(on_hand=6))
    with reading() as connection:
        found = [str(each) for each in drifts(connection)]
    assert "stock_level#1.on_hand: 6 is stored, 5 is computed" in found


def test_a_drift_says_the_row_and_the_column() -> None:
    assert str(Drift("game#1", "in_stock", True, False)) == "game#1.in_stock: True is stored, False is computed"


def test_a_drift_is_kept_as_one_text_and_made_again_out_of_it() -> None:
    again = drift_of(Drift("stock_level#1", "value", Decimal("0.01"), Decimal(600)).kept())
    assert again == Drift("stock_level#1", "value", "0.01", "600")
    assert [drift_of(odd) for odd in ("", "game#1.in_stock: True is stored", "[1, 2]", "7")] == [None] * 4


def test_the_last_verification_is_the_newest(now: datetime) -> None:
    assert latest_check() is None
    checks = [verify(at=now)[0].id for _ in range(2)]
    newest = latest_check()
    assert newest is not None
    assert newest.id == checks[1]
