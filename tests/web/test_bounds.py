"""What no form of ours sends never reaches a view."""

import pytest
from flask import Flask

from tests.clients import browser
from web.bounds import MOST_PARTS


@pytest.mark.parametrize("body", ["[" * 200_000, "[]", '"text"', '{"email": ["x"]}', '{"email": {"a": 1}}'])
def test_a_page_takes_an_object_of_plain_values_and_nothing_else(app: Flask, body: str) -> None:
    assert browser(app).post("/auth/login", data=body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("path", ["/?q=%00", "/auth/login?next=/%00"])
def test_a_nul_in_an_address_is_refused(app: Flask, path: str) -> None:
    assert browser(app).get(path).status_code == 400


def test_a_nul_in_a_form_is_refused(app: Flask) -> None:
    assert browser(app).post("/auth/login", data={"email": "a\0b"}).status_code == 400


def test_more_parts_than_the_biggest_form_has_are_refused(app: Flask) -> None:
    form = {f"field{number}": "" for number in range(MOST_PARTS + 1)}
    assert browser(app).post("/auth/login", data=form).status_code == 413


def test_a_password_that_no_hash_is_made_of_is_refused(app: Flask) -> None:
    form = {"email": "olena@shop.example", "password": "\ufdfa" * 128}
    assert browser(app).post("/auth/login", data=form).status_code == 422
