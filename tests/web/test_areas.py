"""The parts of the site."""

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.db import transaction
from tests.clients import browser
from tests.factories import AT, SYSTEM
from tests.statements import counted
from web.areas import area_of, is_english
from web.passwords import new_password


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


def test_nobody_asks_a_public_page_who_is_signed_in(app: Flask) -> None:
    with transaction():
        accounts.add_staff(
            "olena@example.com",
            name="Олена",
            password=new_password("kava-paperovyi-77"),
            roles=["owner"],
            actor=SYSTEM,
            at=AT,
        )
    owner = browser(app)
    owner.sign_in("olena@example.com", "kava-paperovyi-77", remember="y")
    owner.get("/robots.txt")
    with counted() as statements:
        owner.get("/robots.txt")
    assert statements == []
    with counted() as statements:
        assert owner.get("/auth/change").status_code == 200
    assert statements != []
