"""Codes on boxes: which kind a code is, and whether its check digit is right; no database."""

from shop.catalog.rules.editions import clean_barcode
from shop.errors import N_
from shop.words import Worded

LONGEST_CODE = 48
SHORTEST_CODE = 5
"""Fewer letters are a quantity: four digits and Enter in the scan field."""
_OF_LENGTH = {8: "ean8", 13: "ean13", 14: "itf14"}


class CodeKind(Worded):
    """What a scanner can read off a box. An UPC-A is an EAN-13 that begins with a zero."""

    EAN8 = "ean8", "EAN-8"
    EAN13 = "ean13", "EAN-13"
    ITF14 = "itf14", N_("code of a carton")
    OWN = "own", N_("code of the house or of a supplier")


def clean_code(scanned: str) -> str:
    """What a scanner or a person gave, as it is kept: digits without spaces and hyphens, letters large."""
    code = clean_barcode(scanned)
    return code if code.isascii() and code.isdigit() else "".join(scanned.split()).upper()


def code_kind(code: str) -> CodeKind | None:
    """The kind of a clean code; None when it can't be one, or when its check digit is wrong.

    Check digits: GS1 General Specifications, 7.9.
    """
    if not (SHORTEST_CODE <= len(code) <= LONGEST_CODE and code.isascii() and code.isprintable()):
        return None
    if not code.isdigit() or len(code) not in _OF_LENGTH:
        return CodeKind.OWN
    return CodeKind(_OF_LENGTH[len(code)]) if has_right_check_digit(code) else None


def has_right_check_digit(code: str) -> bool:
    """Whether the last digit is the right one for those before it: weights 3 and 1 in turn, from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(code[:-1])))
    return -total % 10 == int(code[-1])
