"""Browsers and applications for tests of pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app as composition
from shop.db import db

CHEAP_HASHES = {"argon2__memory_cost": 8, "argon2__time_cost": 1, "argon2__parallelism": 1}


class Browser(FlaskClient):
    """Flask's client inside the test's own application context would share `g`, and with it who is signed in."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Send one request and read all of its answer; nothing of it stays behind but the cookies."""
        return Context().run(super().open, *arguments, **({"buffered": True} | options))

    def sign_in(self, email: str, password: str, **fields: Any) -> TestResponse:
        """Post the sign-in form."""
        return self.post("/auth/login", data={"email": email, "password": password} | fields)

    def is_signed_in(self) -> bool:
        """Whether a page that asks for a sign-in opens."""
        return self.get("/auth/change").status_code == 200


def browser(app: Flask) -> Browser:
    """A fresh browser without cookies."""
    return Browser(app, use_cookies=True)


@contextmanager
def another_app(app: Flask, **overrides: Any) -> Iterator[Flask]:
    """An application over the same database, configured otherwise."""
    settings = {
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_HASHES,
    }
    other = composition.create_app(**(settings | overrides))
    yield other
    with other.app_context():
        db.engine.dispose()


def csrf_token(page: TestResponse) -> str:
    """The token of the first form of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, "the page has no CSRF token"
    return found[1]


def landing(answer: TestResponse) -> str:
    """Where a browser goes from here: it drops tabs and line ends, and reads \\ as /."""
    address = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "")).strip().replace("\\", "/")
    return urlsplit(urljoin("http://localhost/auth/login", address)).netloc
