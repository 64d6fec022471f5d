"""Names as they are kept and compared."""

import unicodedata

from shop.accounts.names import LONGEST, checked_name, name_key
from tests.factories import refused


def test_spaces_are_single_and_a_name_has_an_end() -> None:
    assert checked_name("  Старший \n касир ") == "Старший касир"
    assert checked_name("я" * LONGEST) == "я" * LONGEST
    for name in ("", " \t", "я" * (LONGEST + 1)):
        with refused("name_wrong"):
            checked_name(name)


def test_names_that_look_alike_have_one_key() -> None:
    assert name_key("КАСИР") == name_key("касир")
    assert name_key(unicodedata.normalize("NFD", "Їжак")) == name_key("ЇЖАК")
    assert name_key("Straße") == name_key("STRASSE")
    assert name_key("касир") != name_key("касирка")


def test_a_key_fits_its_column() -> None:
    assert len(name_key("\ufdfa" * LONGEST)) == 255  # one sign that stands for eighteen letters
