"""Barcodes of the demo's own: right EAN-13 of the numbers that GS1 leaves to each house, so that none is a real one."""

from shop.catalog.rules.editions import ean13_check_digit

HOUSE = "20"
"""GS1 General Specifications, 1.4: the prefixes 20–29 are for numbers that mean something inside one company only."""
BARCODED = 2
"""Of every two editions one has a barcode; the others are what one meets when a box is unknown."""


def house_barcode(number: int) -> str:
    """The barcode of the edition with this number in the file; none for some."""
    if number % BARCODED:
        return ""
    body = f"{HOUSE}{number:010}"
    return f"{body}{ean13_check_digit(body)}"
