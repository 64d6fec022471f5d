"""Barcodes of the demo's own."""

from demo.barcodes import house_barcode
from shop.catalog.rules.editions import is_ean13


def test_half_of_the_editions_have_a_right_barcode_that_no_manufacturer_can_have() -> None:
    codes = [code for code in map(house_barcode, range(1000)) if code]
    assert len(codes) == len(set(codes)) == 500
    assert all(is_ean13(code) and code.startswith("20") for code in codes)
    assert house_barcode(1) == ""
