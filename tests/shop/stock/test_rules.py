"""The arithmetic of the stock."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.stock.rules import (
    Availability,
    LevelState,
    availability,
    level_state,
    trading_day,
    value_of_part,
    worth,
)


def _worth(
    quantity: int, value: int = 300, on_hand: int = 3, cost: Decimal | None = None, bought: bool = False
) -> Decimal:
    return worth(quantity, value=Decimal(value), on_hand=on_hand, cost=cost, at_cost=bought)


def test_what_leaves_takes_the_average_and_the_last_copies_take_the_rest() -> None:
    assert _worth(-1) == Decimal(-100)
    assert _worth(-2, value=100) == Decimal("-66.67")
    assert _worth(-3, value=100) == Decimal(-100)


def test_what_comes_is_worth_what_it_was_bought_for_else_the_average_else_the_cost_of_the_edition() -> None:
    assert _worth(2, cost=Decimal(70), bought=True) == Decimal(140)
    assert _worth(2, cost=Decimal(70)) == Decimal(200)
    assert _worth(2, value=0, on_hand=0, cost=Decimal(70)) == Decimal(140)
    assert _worth(2, value=0, on_hand=0) == Decimal(0)


@given(st.decimals("0", "100000", places=2), st.integers(1, 1000), st.integers(1, 1000))
def test_a_part_is_never_worth_more_than_the_whole(value: Decimal, on_hand: int, quantity: int) -> None:
    assert 0 <= value_of_part(value=value, on_hand=on_hand, quantity=quantity) <= value


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 3, 1, 21, 59, tzinfo=UTC), date(2027, 3, 1)),
        (datetime(2027, 3, 1, 22, 0, tzinfo=UTC), date(2027, 3, 2)),
        (datetime(2027, 7, 1, 21, 0, tzinfo=UTC), date(2027, 7, 2)),
    ],
)
def test_the_day_of_the_books_begins_at_midnight_in_kyiv(moment: datetime, day: date) -> None:
    assert trading_day(moment) == day


def test_a_shopper_is_told_of_the_last_ones() -> None:
    told = [availability(available, low_at=2) for available in (-1, 0, 1, 2, 3)]
    low, out = Availability.LOW, Availability.OUT
    assert told == [out, out, low, low, Availability.IN_STOCK]


def test_a_level_is_low_at_its_threshold_and_empty_when_nothing_can_be_promised() -> None:
    assert [level_state(available, 2) for available in (-1, 0, 1, 2, 3)] == [
        LevelState.EMPTY,
        LevelState.EMPTY,
        LevelState.LOW,
        LevelState.LOW,
        LevelState.ENOUGH,
    ]
