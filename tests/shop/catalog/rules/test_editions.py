"""Barcodes: which are right, and what a scanner gave."""

import pytest

from shop.catalog.rules.editions import clean_barcode, is_ean13


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("4006381333931", True),
        ("4006381333930", False),
        ("400638133393", False),
        ("40063813339310", False),
        ("400638133393X", False),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", False),
    ],
)
def test_a_barcode_is_right_when_its_last_digit_follows_from_the_others(code: str, right: bool) -> None:
    assert is_ean13(code) is right


def test_a_scanned_code_loses_its_spaces_and_hyphens() -> None:
    assert clean_barcode(" 4006381-333931\n") == "4006381333931"


def test_an_american_barcode_of_twelve_digits_is_led_by_a_zero() -> None:
    assert clean_barcode("036000291452") == "0036000291452"
    assert clean_barcode("GK-00042-UKA") == "GK00042UKA"
