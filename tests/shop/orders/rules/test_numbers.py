"""Numbers of orders: each one once, short, and no telling how many there are."""

from hypothesis import given
from hypothesis import strategies as st

from shop.orders.rules.numbers import id_of, number_of


@given(st.integers(1, 10**9))
def test_the_order_is_found_by_its_number(order_id: int) -> None:
    assert id_of(number_of(order_id)) == order_id


def test_the_first_nine_hundred_thousand_have_six_digits_and_differ() -> None:
    numbers = {number_of(order_id) for order_id in range(1, 900_001)}
    assert len(numbers) == 900_000
    assert min(numbers) >= 100_000
    assert max(numbers) <= 999_999


def test_then_come_seven_digits() -> None:
    assert 1_000_000 <= number_of(900_001) <= 9_999_999


def test_a_neighbour_has_a_number_far_away() -> None:
    assert abs(number_of(2) - number_of(1)) > 100_000


def test_what_is_too_short_is_no_number() -> None:
    assert id_of(99_999) is None
    assert id_of(0) is None
