"""An EAN-13 as bars: compared with the example of the specification's figures."""

from shop.catalog.rules.bars import bars, runs


def test_a_code_is_ninety_five_modules_between_its_guards() -> None:
    drawn = bars("4006381333931")
    assert len(drawn) == 95
    assert (drawn[:3], drawn[45:50], drawn[-3:]) == ("101", "01010", "101")


def test_the_first_digit_is_told_by_the_parity_of_the_left_half() -> None:
    """4 is LGLLGG; 0 is L alone, 0001101; 6 as G is 0000101; and on the right 3 is 1000010."""
    drawn = bars("4006381333931")
    assert drawn[3:10] == "0001101"  # 0 as L
    assert drawn[10:17] == "0100111"  # 0 as G
    assert drawn[17:24] == "0101111"  # 6 as L
    assert drawn[50:57] == "1000010"  # 3 as R


def test_dark_modules_that_touch_are_one_bar() -> None:
    assert runs("101") == [(0, 1), (2, 1)]
    assert runs("0110111") == [(1, 2), (4, 3)]
