"""A browser for tests: each request in a context of its own, as a server has it."""

from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Browser(FlaskClient):
    """Flask's client inside the test's own application context would share `g`, and with it who is signed in."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Send one request; nothing of it stays behind but the cookies."""
        return Context().run(super().open, *arguments, **options)

    def sign_in(self, email: str, password: str, **fields: Any) -> TestResponse:
        """Post the sign-in form."""
        return self.post("/auth/login", data={"email": email, "password": password} | fields)


def browser(app: Flask) -> Browser:
    """A fresh browser without cookies."""
    return Browser(app, use_cookies=True)
