"""Signing in against two real workers: strangers lock nobody out, guessing is slow, a copied cookie dies."""

from collections.abc import Callable

from flask import Flask

from shop.db import db
from tests.clients import browser
from tests.factories.people import PASSWORD, make_account
from tests.hostile.page_forms import forms_of
from tests.hostile.people import OverSocket
from tests.hostile.served import Gunicorn

EMAIL = "olena@shop.example"
TRIES = 12


def _guess(server: Gunicorn, address: str, times: int) -> list[int]:
    """Wrong passwords from one address, each in a fresh browser."""
    return [OverSocket(server.port, address=address).sign_in(EMAIL, "wrong").status for _ in range(times)]


def _is_signed_in(person: OverSocket) -> bool:
    return person.get("/admin/").status == 200


def test_limits_hold_across_workers_and_a_restart_and_lock_no_known_person_out(
    app: Flask, gunicorn: Callable[..., Gunicorn]
) -> None:
    make_account("owner", email=EMAIL)
    db.session.remove()
    server = gunicorn()
    person = OverSocket(server.port, address="10.0.0.1")
    assert person.sign_in(EMAIL, PASSWORD).status in (302, 303)
    copied = dict(person.cookies)

    guessed = _guess(server, "10.0.0.2", TRIES)
    right = guessed.count(200)
    assert 1 <= right <= TRIES // 2  # one count for both workers: two would let twice as many through
    assert set(guessed[right:]) == {429}
    server.restart()
    assert _guess(server, "10.0.0.2", 2) == [429, 429]
    assert OverSocket(server.port, address="10.0.0.2").sign_in(EMAIL, PASSWORD).status == 429

    for number in range(3, 6):
        _guess(server, f"10.0.0.{number}", right + 1)
    assert _is_signed_in(person)
    elsewhere = OverSocket(server.port, address="10.0.1.1")
    assert elsewhere.sign_in(EMAIL, PASSWORD).status in (302, 303)

    leaving = next(form for form in forms_of(person.get("/admin/").text) if form.action.startswith("/auth/logout"))
    assert person.post("/auth/logout", leaving.fields).status in (302, 303)
    thief = OverSocket(server.port)
    thief.cookies = copied
    assert thief.get("/admin/").status in (302, 401)  # the copy of the cookie is dead too
    assert _is_signed_in(elsewhere)
    back = OverSocket(server.port, address="10.0.0.2")  # where strangers have been guessing, in a browser that is known
    back.cookies = {name: value for name, value in person.cookies.items() if name != "komora"}
    assert back.sign_in(EMAIL, PASSWORD).status in (302, 303)


def test_odd_sign_ins_are_refused_and_hand_out_no_token(app: Flask) -> None:
    make_account("owner", email=EMAIL)
    right = {"email": EMAIL, "password": PASSWORD}
    odd = [
        [],
        "x",
        None,
        {},
        {"email": [EMAIL], "password": PASSWORD},
        {"email": {"$ne": ""}, "password": {"$ne": ""}},
        {"email": EMAIL, "password": ["x"]},
        {"email": EMAIL, "password": "п" * 5000},
        {"email": EMAIL, "password": "\ud800"},
        {"email": "\ud800@shop.example", "password": "x"},
        {"email": f"{EMAIL}\0", "password": PASSWORD},
        {"email": EMAIL, "password": 12345678901},
        {"email": True, "password": True},
        {"email": "x" * 100_000 + "@x.ua", "password": "x"},
        {"email": EMAIL, "password": "x", "remember": {"a": 1}, "next": ["//evil.example"]},
    ]
    for content in odd:
        answer = browser(app).post("/auth/login", json=content)
        assert answer.status_code < 500, content
        assert "auth" not in (answer.headers.get("Location") or ""), content
    for query in ("?include_auth_token", "?include_auth_token=1", "?auth_token=x"):
        client = browser(app)
        for answer in (client.post(f"/auth/login{query}", json=right), client.post(f"/auth/login{query}", data=right)):
            assert answer.status_code < 400
            assert "authentication_token" not in answer.text
    long = browser(app).post("/auth/login", data={"email": EMAIL, "password": "п" * 5000})
    assert long.status_code in (200, 400, 413, 422, 429)
