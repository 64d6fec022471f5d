"""What each answer carries."""

import re

import pytest
from flask import Flask

from tests.clients import browser


def test_a_page_of_the_staff_has_a_nonce_of_its_own(app: Flask) -> None:
    policies = {browser(app).get("/auth/login").headers["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 2
    assert all(re.search(r"script-src 'self' 'nonce-[\w-]{20,}';", policy) for policy in policies)


@pytest.mark.parametrize("address", ["/", "/nope", "/robots.txt"])
def test_a_public_page_has_none_since_it_is_kept_for_all(app: Flask, address: str) -> None:
    answer = browser(app).get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'; style-src 'self';" in policy
    assert "nonce" not in policy
    assert "nonce" not in answer.text


@pytest.mark.parametrize(("address", "kept"), [("/auth/login", "no-store"), ("/nope", "no-cache")])
def test_an_answer_that_says_nothing_itself_is_kept_as_its_area_says(app: Flask, address: str, kept: str) -> None:
    assert browser(app).get(address).headers["Cache-Control"] == kept


def test_a_request_id_is_taken_over_only_when_it_looks_like_one(app: Flask) -> None:
    visitor = browser(app)
    assert visitor.get("/healthz", headers={"X-Request-ID": "abcd-1234"}).headers["X-Request-ID"] == "abcd-1234"
    assert visitor.get("/healthz", headers={"X-Request-ID": "<b>"}).headers["X-Request-ID"] != "<b>"
