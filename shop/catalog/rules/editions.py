"""The words and checks of an edition: language, condition, VAT, barcode."""

from shop.errors import N_
from shop.words import Worded


class Language(Worded):
    """The language of the box, the rules and the cards."""

    ENGLISH = "en", N_("English")
    INDEPENDENT = "none", N_("language-independent")  # nothing to read while playing
    OTHER = "other", N_("another language")
    UKRAINIAN = "uk", N_("Ukrainian")


class Condition(Worded):
    """The state of the box."""

    NEW = "new", N_("new")
    OPEN_BOX = "open_box", N_("open-box")  # «уцінка»: opened or dented, complete


class VatRate(Worded):
    """Rates of the Tax Code of Ukraine, art. 193; none for sellers who don't pay VAT."""

    NONE = "none", N_("without VAT")
    ZERO = "0", "0\N{NO-BREAK SPACE}%"
    REDUCED = "7", "7\N{NO-BREAK SPACE}%"
    STANDARD = "20", "20\N{NO-BREAK SPACE}%"


def is_ean13(code: str) -> bool:
    """Whether 13 digits end in the right check digit (GS1 General Specifications, 7.9)."""
    if len(code) != 13 or not (code.isascii() and code.isdigit()):
        return False
    return ean13_check_digit(code[:12]) == int(code[12])


def ean13_check_digit(body: str) -> int:
    """The check digit for the first 12 digits: weights 1 and 3 in turn, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return -total % 10


def clean_barcode(scanned: str) -> str:
    """What a scanner or a person gave, as an EAN-13: spaces and hyphens dropped, a 12-digit UPC-A led by a zero."""
    code = "".join(scanned.split()).replace("-", "")
    return f"0{code}" if len(code) == 12 and code.isdigit() else code
