"""Signing in and out: who may, what a stranger learns, and when a session ends."""

import json
import re
import unicodedata
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from shop.accounts import operations as accounts
from shop.accounts.models import Account
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.db import db, transaction
from tests.clients import Browser, another_app, browser, csrf_token, landing
from tests.factories.people import PASSWORD, codes, make_account

EMAIL = "olena@shop.example"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "https:evil.example",
    "javascript:alert(1)",
]


@pytest.fixture
def client(app: Flask) -> Browser:
    make_account("owner", email=EMAIL, name="Олена")
    return browser(app)


def _cookies(answer: Any, name: str) -> str:
    return next(cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith(f"{name}="))


def test_the_right_password_opens_the_backoffice(client: Browser) -> None:
    answer = client.sign_in(EMAIL, PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert client.is_signed_in()


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_password_with_ukrainian_letters_fits_however_they_are_spelt(client: Browser, form: Any) -> None:
    assert unicodedata.normalize("NFC", PASSWORD) != unicodedata.normalize("NFD", PASSWORD)
    assert client.sign_in(EMAIL, unicodedata.normalize(form, PASSWORD)).status_code == 302


def test_the_address_may_be_written_in_capitals(client: Browser) -> None:
    assert client.sign_in("Olena@Shop.Example", PASSWORD).status_code == 302


def _what_is_told(answer: Any) -> str:
    return re.sub(r'(value|name="csrf_token")="[^"]*"', "", answer.text)


def test_a_stranger_does_not_learn_who_has_an_account(client: Browser, actor: Actor, now: datetime) -> None:
    gone = make_account(email="gone@shop.example").id
    with transaction():
        accounts.deactivate(gone, actor=actor, at=now)
    tries = [(EMAIL, "wrong"), ("nobody@shop.example", "wrong"), ("gone@shop.example", "wrong")]
    answers = [client.sign_in(email, password) for email, password in tries]
    assert {answer.status_code for answer in answers} == {200}
    assert len({_what_is_told(answer) for answer in answers}) == 1
    told = [client.post("/auth/login", json={"email": email, "password": password}) for email, password in tries]
    assert {answer.status_code for answer in told} == {400}
    assert len({str(answer.json["response"].get("errors")) for answer in told}) == 1
    assert not client.is_signed_in()


def test_a_deactivated_person_cannot_sign_in(client: Browser, actor: Actor, now: datetime) -> None:
    gone = make_account(email="gone@shop.example").id
    with transaction():
        accounts.deactivate(gone, actor=actor, at=now)
    client.sign_in("gone@shop.example", PASSWORD)
    assert not client.is_signed_in()


@pytest.mark.parametrize("remember", [{}, {"remember": "y"}])
def test_deactivating_ends_open_and_remembered_sessions(
    client: Browser, actor: Actor, now: datetime, remember: dict[str, str]
) -> None:
    account_id = make_account(email="ivan@shop.example").id
    client.sign_in("ivan@shop.example", PASSWORD, **remember)
    assert client.is_signed_in()
    with transaction():
        accounts.deactivate(account_id, actor=actor, at=now)
    assert not client.is_signed_in()
    with transaction():
        accounts.restore(account_id, actor=actor, at=now)
    assert not client.is_signed_in()  # the old cookies stay worthless


def test_remember_me_outlives_the_browser_for_a_month(client: Browser) -> None:
    cookie = _cookies(client.sign_in(EMAIL, PASSWORD, remember="y"), "remember_token")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    client.delete_cookie("komora")
    assert client.is_signed_in()


def test_signing_out_ends_the_session_and_is_never_a_link(client: Browser) -> None:
    client.sign_in(EMAIL, PASSWORD, remember="y")
    assert client.get("/auth/logout").status_code == 405
    assert client.is_signed_in()
    answer = client.post("/auth/logout")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/auth/login")
    assert not client.is_signed_in()


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(app: Flask, client: Browser) -> None:
    cookie = _cookies(client.sign_in(EMAIL, PASSWORD), "komora")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    with another_app(app, SESSION_COOKIE_SECURE=True) as secure:
        answer = browser(secure).sign_in(EMAIL, PASSWORD, remember="y")
        assert "Secure" in _cookies(answer, "komora")
        assert "Secure" in _cookies(answer, "remember_token")


def test_a_cookie_from_before_signing_in_opens_nothing_afterwards(app: Flask, client: Browser) -> None:
    client.get("/auth/login")
    before = client.get_cookie("komora")
    assert before is not None
    client.sign_in(EMAIL, PASSWORD)
    thief = browser(app)
    thief.set_cookie("komora", before.value)
    assert not thief.is_signed_in()


def test_a_signed_out_person_is_asked_to_sign_in_and_led_back(client: Browser) -> None:
    answer = client.get("/admin/games/?q=кіт")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/auth/login?next=")
    page = client.get(answer.headers["Location"])
    assert 'lang="uk"' in page.text
    back = client.post(answer.headers["Location"], data={"email": EMAIL, "password": PASSWORD})
    assert back.headers["Location"].startswith("/admin/games/?q=")


def test_a_program_is_answered_in_json(client: Browser) -> None:
    answer = client.get("/auth/change", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (401, "application/json")
    assert client.post("/auth/login", json=["not", "a", "form"]).status_code == 400
    assert client.post("/auth/login", data="{", content_type="application/json").status_code == 400


def test_what_a_role_does_not_open_is_a_page_that_says_so(app: Flask, client: Browser) -> None:
    make_account("viewer", email="vira@shop.example")
    client.sign_in("vira@shop.example", PASSWORD)
    answer = client.get("/admin/staff/")
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    answer = client.get("/admin/staff/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("where", ["query", "form"])
def test_signing_in_never_leads_to_another_site(client: Browser, address: str, where: str) -> None:
    if where == "query":
        answer = client.post("/auth/login", query_string={"next": address}, data={"email": EMAIL, "password": PASSWORD})
    else:
        answer = client.sign_in(EMAIL, PASSWORD, next=address)
    assert answer.status_code in (200, 302)
    assert landing(answer) == "localhost"


def test_a_form_without_its_token_signs_nobody_in(app: Flask, client: Browser) -> None:
    with another_app(app, WTF_CSRF_ENABLED=True) as guarded:
        visitor = browser(guarded)
        assert visitor.sign_in(EMAIL, PASSWORD).status_code == 400
        assert not visitor.is_signed_in()
        token = csrf_token(visitor.get("/auth/login"))
        assert visitor.sign_in(EMAIL, PASSWORD, csrf_token="made-up").status_code == 400
        assert visitor.sign_in(EMAIL, PASSWORD, csrf_token=token).status_code == 302
        assert visitor.is_signed_in()


def test_the_token_from_before_signing_in_is_worth_nothing_afterwards(app: Flask, client: Browser) -> None:
    with another_app(app, WTF_CSRF_ENABLED=True) as guarded:
        visitor = browser(guarded)
        token = csrf_token(visitor.get("/auth/login"))
        visitor.sign_in(EMAIL, PASSWORD, csrf_token=token)
        assert visitor.post("/auth/logout", data={"csrf_token": token}).status_code in (200, 400)
        assert visitor.is_signed_in()
        fresh = csrf_token(visitor.get("/auth/change"))
        visitor.post("/auth/logout", data={"csrf_token": fresh})
        assert not visitor.is_signed_in()


def test_on_sqlite_signing_in_takes_the_write_lock_before_it_reads(app: Flask, client: Browser) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL needs no such lock")
    statements: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        client.sign_in(EMAIL, PASSWORD)
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
    assert statements[0] == "BEGIN IMMEDIATE"


def _copied(app: Flask, client: Browser) -> Browser:
    """A thief's browser with copies of both cookies."""
    thief = browser(app)
    for name in ("komora", "remember_token"):
        cookie = client.get_cookie(name)
        if cookie is not None:
            thief.set_cookie(name, cookie.value)
    return thief


def test_a_copied_cookie_opens_nothing_after_signing_out(app: Flask, client: Browser) -> None:
    client.sign_in(EMAIL, PASSWORD, remember="y")
    thief = _copied(app, client)
    assert thief.is_signed_in()
    thief.delete_cookie("komora")
    assert thief.is_signed_in()  # the remember cookie alone
    client.post("/auth/logout")
    assert not thief.is_signed_in()


def test_signing_out_here_leaves_other_devices_alone(app: Flask, client: Browser) -> None:
    client.sign_in(EMAIL, PASSWORD)
    elsewhere = browser(app)
    elsewhere.sign_in(EMAIL, PASSWORD)
    client.post("/auth/logout")
    assert elsewhere.is_signed_in()


def test_sign_ins_stand_in_the_audit_and_refused_ones_too(client: Browser) -> None:
    client.sign_in(EMAIL, "wrong")
    client.sign_in("nobody@shop.example", "wrong")
    client.sign_in(EMAIL, PASSWORD)
    client.post("/auth/logout")
    refused = AuditCode.SIGN_IN_REFUSED
    assert codes()[1:] == [refused, refused, AuditCode.SIGN_IN_ACCEPTED, AuditCode.SIGN_OUT_DONE]
    written = " ".join(str(vars(entry)) for entry in db.session.scalars(db.select(AuditEntry)))
    assert "nobody" not in written
    assert "wrong" not in written


def test_nothing_hands_out_a_token_or_takes_one(app: Flask, client: Browser) -> None:
    sent = {"email": EMAIL, "password": PASSWORD}
    answer = client.post("/auth/login?include_auth_token", json=sent)
    assert answer.status_code == 200
    again = client.post("/auth/verify?include_auth_token", json={"password": PASSWORD})
    assert "token" not in re.sub("csrf_token", "", answer.text + again.text)
    with app.test_request_context():
        token = str(db.session.scalars(db.select(Account)).one().get_auth_token())
    stranger = browser(app)
    assert stranger.get(f"/auth/change?auth_token={token}").status_code == 302
    assert stranger.get("/auth/change", headers={"Authentication-Token": token}).status_code == 302
    assert stranger.get("/admin/", headers={"Authentication-Token": token}).status_code == 302


ODD = [
    [],
    None,
    7,
    "text",
    {},
    {"email": None, "password": None},
    {"email": [EMAIL], "password": PASSWORD},
    {"email": 7, "password": 7},
    {"email": {"a": 1}, "password": PASSWORD},
    {"email": EMAIL, "password": "x" * 5000},
    {"email": EMAIL, "password": "\ud800"},
    {"email": "\udfff@shop.example", "password": "x"},
    {"email": EMAIL, "password": "\0"},
    {"email": EMAIL, "password": PASSWORD, "remember": 5},
    {"email": EMAIL, "password": "x", "next": ["/"]},
    {"\ud800": "x"},
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("path", ["/auth/login", "/auth/verify", "/auth/change"])
def test_an_odd_body_is_refused_and_breaks_nothing(client: Browser, path: str, body: object) -> None:
    if path != "/auth/login":
        client.sign_in(EMAIL, PASSWORD)
    answer = client.post(path, data=json.dumps(body), content_type="application/json")
    if path == "/auth/verify" and isinstance(body, dict) and body.get("password") == PASSWORD:
        return  # the e-mail is of no account there
    assert answer.status_code in (400, 422)
    assert answer.mimetype in ("application/json", "application/problem+json")


def test_brackets_without_end_are_refused(client: Browser) -> None:
    assert client.post("/auth/login", data="[" * 200_000, content_type="application/json").status_code == 400


def test_a_password_longer_than_any_may_be_is_just_wrong(client: Browser) -> None:
    assert client.sign_in(EMAIL, "ї" * 129).status_code == 200


@pytest.mark.parametrize("length", [5000, 100_000])
def test_a_password_that_no_hash_is_made_of_is_refused_at_the_door(client: Browser, length: int) -> None:
    assert client.sign_in(EMAIL, "ї" * length).status_code == 422
