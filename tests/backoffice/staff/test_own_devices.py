"""«My devices»: everybody sees where they are signed in, and ends it from here."""

import re

import pytest
from flask import Flask

from shop.audit.rules import AuditCode
from tests.clients import Browser, browser
from tests.factories.people import PASSWORD, codes, make_account

EMAIL = "olena@shop.example"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def here(app: Flask) -> Browser:
    make_account("viewer", email=EMAIL, name="Олена")
    client = browser(app)
    client.sign_in(EMAIL, PASSWORD)
    return client


def _phone(app: Flask) -> Browser:
    client = browser(app)
    client.environ_base["HTTP_USER_AGENT"] = PHONE
    client.sign_in(EMAIL, PASSWORD, remember="y")
    return client


def _links(page: str) -> list[str]:
    return re.findall(r'action="(/admin/devices/\d+/end/)"', page)


def test_each_device_is_told_in_plain_words_and_this_one_is_marked(app: Flask, here: Browser) -> None:
    _phone(app)
    page = here.get("/admin/devices/").text
    assert "Safari, iPhone" in page
    assert "127.0.0.1" in page
    assert page.count("цей пристрій") == 1
    assert len(_links(page)) == 1


def test_a_device_that_is_ended_is_out_at_once_with_its_remember_cookie(app: Flask, here: Browser) -> None:
    phone = _phone(app)
    answer = here.post(_links(here.get("/admin/devices/").text)[0])
    assert answer.status_code == 303
    assert not phone.is_signed_in()
    assert here.is_signed_in()
    assert codes()[-1] == AuditCode.SESSIONS_ENDED


def test_all_others_are_ended_at_once(app: Flask, here: Browser) -> None:
    phones = [_phone(app), _phone(app)]
    here.post("/admin/devices/end-others/")
    assert [phone.is_signed_in() for phone in phones] == [False, False]
    assert here.is_signed_in()
    assert _links(here.get("/admin/devices/").text) == []


def test_nobody_ends_a_device_of_somebody_else_here(app: Flask, here: Browser) -> None:
    make_account("viewer", email="ivan@shop.example")
    other = browser(app)
    other.sign_in("ivan@shop.example", PASSWORD)
    mine = other.get("/admin/devices/").text
    assert _links(mine) == []
    assert [here.post(f"/admin/devices/{number}/end/").status_code for number in (2, 404)] == [404, 404]
    assert other.is_signed_in()


def test_who_is_not_signed_in_has_no_devices(app: Flask) -> None:
    assert browser(app).get("/admin/devices/").status_code == 302
    for path in ("1/end/", "end-others/"):
        assert browser(app).post(f"/admin/devices/{path}").status_code == 403
