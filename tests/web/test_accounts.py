"""The language of the staff's pages."""

import pytest
from flask import Flask

from tests.clients import browser, landing
from tests.web.test_signing_in import ELSEWHERE


def test_ukrainian_is_the_default_whatever_the_browser_asks(app: Flask) -> None:
    page = browser(app).get("/auth/login", headers={"Accept-Language": "ru,en;q=0.8"})
    assert '<html lang="uk">' in page.text


def test_english_is_chosen_for_good_and_leads_back_to_the_page(app: Flask) -> None:
    client = browser(app)
    answer = client.post("/auth/language", data={"language": "en", "next": "/auth/login?next=/admin/games/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/auth/login?next=/admin/games/")
    cookie = client.get_cookie("language")
    assert cookie is not None
    assert cookie.http_only
    assert '<html lang="en">' in client.get("/auth/login").text
    client.post("/auth/language", data={"language": "uk"})
    assert '<html lang="uk">' in client.get("/auth/login").text


def test_a_language_that_the_shop_does_not_speak_is_refused(app: Flask) -> None:
    client = browser(app)
    assert client.post("/auth/language", data={"language": "ru"}).status_code == 400
    assert client.post("/auth/language").status_code == 400
    assert client.get("/auth/language").status_code == 405


@pytest.mark.parametrize("address", [*ELSEWHERE, "", "admin/"])
def test_choosing_a_language_never_leads_to_another_site(app: Flask, address: str) -> None:
    answer = browser(app).post("/auth/language", data={"language": "en", "next": address})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/")
    assert landing(answer) == "localhost"


def test_an_address_with_a_nul_is_no_address(app: Flask) -> None:
    answer = browser(app).post("/auth/language", data={"language": "en", "next": "/admin/\x00"})
    assert answer.status_code == 400
