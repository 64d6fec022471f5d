"""Who sends requests: in the test's own process, or over a socket to a real server; both as a browser would."""

import http.client
import json
from collections.abc import Sequence
from http.cookies import SimpleCookie
from typing import NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

from tests.clients import Browser
from tests.hostile.page_forms import Fields, form_with


class Answer(NamedTuple):
    """What came back. `location` is empty when it leads nowhere."""

    status: int
    text: str
    location: str


class Person(Protocol):
    """Somebody at a browser."""

    def get(self, path: str) -> Answer:
        """Open a page."""

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form."""


class InProcess:
    """A browser of the test client."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def get(self, path: str) -> Answer:
        answer = self.browser.get(path)
        return Answer(answer.status_code, answer.text, answer.headers.get("Location", ""))

    def post(self, path: str, fields: Fields) -> Answer:
        body, kind = urlencode(fields), "application/x-www-form-urlencoded"
        answer = self.browser.post(path, data=body, content_type=kind)
        return Answer(answer.status_code, answer.text, answer.headers.get("Location", ""))


class OverSocket:
    """A browser that opens a connection for each request, so that any worker may answer."""

    def __init__(self, port: int, *, address: str = "") -> None:
        """`address` is said in X-Forwarded-For, as a proxy would."""
        self.port = port
        self.cookies: dict[str, str] = {}
        self.headers = {"X-Forwarded-For": address} if address else {}
        self.patience_seconds = 30.0

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        return self.ask("POST", path, urlencode(fields), "application/x-www-form-urlencoded")

    def post_json(self, path: str, content: object) -> Answer:
        """Send JSON, as a script would."""
        return self.ask("POST", path, json.dumps(content), "application/json")

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> Answer:
        """One request. Raises OSError or HTTPException when no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience_seconds)
        headers = dict(self.headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self._keep_cookies(answer.headers.get_all("Set-Cookie") or ())
        return Answer(answer.status, text, answer.headers.get("Location") or "")

    def sign_in(self, email: str, password: str) -> Answer:
        """Open the page and send its form."""
        form = form_with(self.get("/auth/login").text, "email", "password")
        return self.post("/auth/login", form.filled(email=email, password=password))

    def _keep_cookies(self, lines: Sequence[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def path_of(address: str) -> str:
    """The path and the query of an address."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
