"""By what a browser is known again, and what it is called."""

import pytest
from flask import Flask, Response

from web.devices import COOKIE, browser, device_words, known_token, remember_device


def _cookie(app: Flask, token: str) -> str:
    with app.test_request_context("/auth/login"):
        answer = Response()
        remember_device(answer, token)
    return answer.headers["Set-Cookie"]


def test_a_browser_is_known_by_the_token_that_it_was_given(app: Flask) -> None:
    cookie = _cookie(app, "token")
    assert "HttpOnly" in cookie
    assert "Path=/auth" in cookie
    with app.test_request_context("/auth/login", headers={"Cookie": cookie.partition(";")[0]}):
        assert known_token() == browser().device_token == "token"


@pytest.mark.parametrize("value", ["", "token", "InRva2VuIg.forged"])
def test_a_token_that_the_shop_did_not_sign_is_none(app: Flask, value: str) -> None:
    with app.test_request_context("/auth/login", headers={"Cookie": f"{COOKIE}={value}"}):
        assert known_token() == ""
        assert len(browser().device_token) > 40


def test_a_browser_that_does_not_say_what_it_is_is_unknown_in_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert device_words("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0") == "Firefox, Windows"
        assert device_words("curl/8") == "Невідомий браузер"
