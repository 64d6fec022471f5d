"""Kinds of codes and their check digits."""

import pytest

from shop.catalog.rules.codes import CodeKind, clean_code, code_kind


@pytest.mark.parametrize(
    ("scanned", "clean", "kind"),
    [
        ("4006381333931", "4006381333931", CodeKind.EAN13),
        ("4006381-333931", "4006381333931", CodeKind.EAN13),
        ("036000291452", "0036000291452", CodeKind.EAN13),
        ("96385074", "96385074", CodeKind.EAN8),
        ("10012345678902", "10012345678902", CodeKind.ITF14),
        (" kark-17 ", "KARK-17", CodeKind.OWN),
        ("123456", "123456", CodeKind.OWN),
    ],
)
def test_each_kind_of_code_is_known_by_its_length_and_check_digit(scanned: str, clean: str, kind: CodeKind) -> None:
    assert clean_code(scanned) == clean
    assert code_kind(clean) is kind


@pytest.mark.parametrize("code", ["4006381333930", "96385075", "10012345678903", "1234", "", "Ї12345", "A" * 49])
def test_a_wrong_digit_or_length_makes_no_code(code: str) -> None:
    assert code_kind(clean_code(code)) is None
