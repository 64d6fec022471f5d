"""The parts of the site."""

import pytest

from web.areas import area_of, is_english


@pytest.mark.parametrize("path", ["/admin", "/admin/games/", "/auth/login"])
def test_the_staff_have_sessions_and_pages_that_nobody_keeps(path: str) -> None:
    area = area_of(path)
    assert area.session
    assert area.language_by_cookie
    assert area.cache == "no-store"


@pytest.mark.parametrize("path", ["/", "/en/", "/games/karkason", "/administrator", "/authors", "/static/web/logo.svg"])
def test_everything_else_has_no_session(path: str) -> None:
    area = area_of(path)
    assert not area.session
    assert not area.language_by_cookie


def test_english_lies_below_its_own_address() -> None:
    assert [path for path in ("/en", "/en/", "/en/games/x", "/end", "/games/en") if is_english(path)] == [
        "/en",
        "/en/",
        "/en/games/x",
    ]
