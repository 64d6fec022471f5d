"""How heavy a game is called."""

from decimal import Decimal

import pytest

from shop.catalog.rules.wishes import WEIGHTS, Weight, weight_of


@pytest.mark.parametrize(
    ("weight", "called"),
    [
        ("1", Weight.LIGHT),
        ("1.99", Weight.LIGHT),
        ("2", Weight.MEDIUM),
        ("3", Weight.HEAVY),
        ("5", Weight.HEAVY),
    ],
)
def test_a_weight_on_a_border_is_called_by_the_heavier_name(weight: str, called: Weight) -> None:
    assert weight_of(Decimal(weight)) is called


def test_weights_cover_one_to_five_without_a_gap() -> None:
    spans = list(WEIGHTS.values())
    assert [spans[0][0], spans[-1][1]] == [1, 5]
    assert all(upper == lower for (_, upper), (lower, _) in zip(spans, spans[1:], strict=False))
