"""Whatever is sent, the answer is a refusal that a person can read, never a failure of ours."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import TooManyRequests

from shop.errors import Busy, Conflict, Unwritable
from tests.clients import Browser, another_app, browser
from tests.factories.people import PASSWORD, make_account

HALF = '{"email": "\\ud800", "password": "x"}'


@pytest.fixture
def client(app: Flask) -> Browser:
    return browser(app)


@pytest.fixture
def manager(app: Flask, client: Browser) -> Browser:
    make_account("manager", email="manager@x.ua")
    client.sign_in("manager@x.ua", PASSWORD)
    return client


@pytest.mark.parametrize(
    "body",
    ["[]", "[1]", '"text"', "3", "null", "{", '{"email": ["a"]}', '{"email": {"a": 1}, "password": "x"}', HALF],
)
def test_json_that_is_no_object_of_plain_values_is_refused(client: Browser, body: str) -> None:
    answer = client.post("/auth/login", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("address", ["/?q=%ED%A0%80", "/%ED%A0%80", "/admin/find/?q=%00", "/?%00=1"])
def test_signs_that_no_database_holds_are_no_failure(client: Browser, address: str) -> None:
    assert client.get(address).status_code < 500


def test_a_password_longer_than_the_hash_takes_is_refused(client: Browser) -> None:
    make_account("manager", email="olena@x.ua")
    for password in ("я" * 2_049, "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 500, "a" * 100_000):
        assert client.sign_in("olena@x.ua", password).status_code == 422
        answer = client.post("/auth/login", json={"email": "olena@x.ua", "password": password})
        assert answer.status_code == 422


def test_a_form_of_very_many_lines_is_refused(manager: Browser) -> None:
    assert manager.post("/admin/games/", data={"rowid": ["1"] * 24_000}).status_code == 413


@pytest.mark.parametrize("address", ["http:/evil", "//evil", "/\\evil", "/a\r\nX: y", "http://evil/", "javascript:1"])
def test_going_back_leads_nowhere_else(manager: Browser, address: str) -> None:
    data = {"action": "hide", "rowid": "1", "url": address}
    answer = manager.post("/admin/games/action/", data=data)
    assert answer.status_code in (400, 404)
    assert "Location" not in answer.headers


def _failing(app: Flask, error: Exception, address: str = "/failing") -> Any:
    def fail() -> str:
        raise error

    app.add_url_rule(address, "failing", view_func=fail, methods=["GET", "POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return browser(app)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_failure_does_not_say_that_nothing_was_changed(app: Flask) -> None:
    with another_app(app) as other:
        client = _failing(other, ZeroDivisionError())
        assert "Подивіться, чи є те, що ви надіслали" in client.post("/failing").text
        assert client.get("/failing").status_code == 500
        assert "нічого не змінено" not in client.get("/failing").text + client.post("/failing").text


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("refusal", [Busy(), Unwritable()])
def test_a_shop_that_cannot_write_says_when_to_come_again(app: Flask, refusal: Exception) -> None:
    with another_app(app) as other:
        answer = _failing(other, refusal).post("/failing")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_database_is_busy_by_its_code_and_not_by_its_words(app: Flask) -> None:
    original = Exception("table blocked_words is locked away")
    with another_app(app) as other:
        assert _failing(other, DBAPIError("", None, original)).get("/failing").status_code == 500


def test_a_foreign_host_is_refused_and_named_nowhere(client: Browser) -> None:
    for address in ("/", "/admin/", "/auth/login", "/healthz", "/nowhere"):
        answer = client.get(address, headers={"Host": "evil.example"})
        assert answer.status_code == 400
        assert "evil" not in answer.text + str(answer.headers)
    for host in ("localhost", "127.0.0.1:9000", "localhost:8000"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_a_foreign_host_that_also_sends_rubbish_gets_the_same_short_refusal(client: Browser) -> None:
    """A page could not be made: each address in it would be that host's."""
    answer = client.post("/admin/games/new/?q=a%00b", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")


FRAME = '<nav class="side"'


@pytest.mark.parametrize(
    ("address", "status"), [("/admin/nowhere/", 404), ("/admin/games/action/", 405), ("/admin/games/edit/?id=99", 404)]
)
def test_a_refusal_stands_among_the_pages_of_the_backoffice_with_a_way_on(
    manager: Browser, address: str, status: int
) -> None:
    answer = manager.get(address)
    assert answer.status_code == status
    assert FRAME in answer.text
    assert 'class="btn primary" href="/admin/' in answer.text


def test_what_is_closed_is_not_named_by_its_refusal(client: Browser) -> None:
    make_account("warehouse", email="ira@x.ua")
    client.sign_in("ira@x.ua", PASSWORD)
    answer = client.get("/admin/audit/")
    assert answer.status_code == 403
    assert FRAME in answer.text
    assert "Хто що" not in answer.text
    assert 'class="btn primary" href="/admin/">Сьогодні' in answer.text


def test_who_is_not_signed_in_sees_no_frame(client: Browser) -> None:
    answer = client.get("/admin/nowhere/")
    assert answer.status_code == 404
    assert FRAME not in answer.text


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("error", "status"),
    [(Conflict("x", "Так не можна."), 409), (TooManyRequests(), 429), (ZeroDivisionError(), 500), (Busy(), 503)],
)
def test_failures_of_the_backoffice_keep_its_frame(app: Flask, error: Exception, status: int) -> None:
    make_account("manager", email="manager@x.ua")
    with another_app(app) as other:
        client = _failing(other, error, "/admin/failing")
        client.sign_in("manager@x.ua", PASSWORD)
        for answer in (client.get("/admin/failing"), client.post("/admin/failing")):
            assert (answer.status_code, FRAME in answer.text) == (status, True)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_frame_that_cannot_be_drawn_is_left_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make_account("manager", email="manager@x.ua")

    def gone(*_: object) -> None:
        raise DBAPIError("", None, Exception("the database is gone"))

    with another_app(app) as other:
        client = _failing(other, ZeroDivisionError(), "/admin/failing")
        client.sign_in("manager@x.ua", PASSWORD)
        monkeypatch.setitem(other.jinja_env.globals, "menu_items", gone)
        answer = client.get("/admin/failing")
        assert (answer.status_code, FRAME in answer.text) == (500, False)
        assert "У нас щось зламалося" in answer.text
