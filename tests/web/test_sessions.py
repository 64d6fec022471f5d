"""Which pages keep a session."""

import pytest
from flask import Flask

from tests.clients import browser
from tests.factories.people import PASSWORD, make_account


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/nothing"])
def test_a_public_page_sets_no_cookie_and_varies_by_none(app: Flask, path: str) -> None:
    make_account("owner", email="olena@shop.example")
    client = browser(app)
    client.sign_in("olena@shop.example", PASSWORD)
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_page_of_the_staff_keeps_its_session(app: Flask) -> None:
    assert "komora=" in browser(app).get("/auth/login").headers["Set-Cookie"]
