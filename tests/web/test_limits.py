"""How often a password may be tried, across workers and restarts, without locking anybody out."""

from collections.abc import Iterator

import pytest
from flask import Flask

from shop.accounts.delays import FREE_TRIES, FREE_TRIES_OF_ADDRESS
from shop.accounts.models import AttemptCount
from shop.db import db
from tests.clients import Browser, another_app, browser
from tests.factories.people import PASSWORD, make_account
from web.limits import _place

EMAIL = "olena@shop.example"


@pytest.fixture(autouse=True)
def _olena(app: Flask) -> None:
    make_account("owner", email=EMAIL)


def _at(app: Flask, address: str = "127.0.0.1") -> Browser:
    client = browser(app)
    client.environ_base["REMOTE_ADDR"] = address
    return client


def _tries(client: Browser, *emails: str) -> list[int]:
    return [client.sign_in(email, "wrong").status_code for email in emails]


def test_guessing_from_one_place_waits_even_with_the_right_password(app: Flask) -> None:
    assert _tries(_at(app), *[EMAIL] * FREE_TRIES) == [200] * FREE_TRIES
    stranger = _at(app)
    answer = stranger.sign_in(EMAIL, PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert '<html lang="uk">' in answer.text
    assert not stranger.is_signed_in()
    assert stranger.sign_in("another@shop.example", "wrong").status_code == 200


def test_strangers_elsewhere_do_not_lock_the_person_out(app: Flask) -> None:
    for number in range(5):
        _tries(_at(app, f"10.0.0.{number}"), *[EMAIL] * (FREE_TRIES + 2))
    person = _at(app, "10.0.1.1")
    assert person.sign_in(EMAIL, PASSWORD).status_code == 302
    assert person.is_signed_in()


def test_a_device_that_is_known_is_exempt_from_strangers_behind_the_same_router(app: Flask) -> None:
    person = _at(app)
    person.sign_in(EMAIL, PASSWORD)
    person.post("/auth/logout")
    assert _tries(_at(app), *[EMAIL] * (FREE_TRIES + 1))[-1] == 429
    assert person.sign_in(EMAIL, PASSWORD).status_code == 302
    assert person.is_signed_in()


def test_but_it_has_no_more_tries_than_others(app: Flask) -> None:
    thief = _at(app)
    thief.sign_in(EMAIL, PASSWORD)
    thief.post("/auth/logout")
    assert _tries(thief, *[EMAIL] * (FREE_TRIES + 1)) == [200] * FREE_TRIES + [429]
    thief.environ_base["REMOTE_ADDR"] = "10.0.0.9"
    assert _tries(thief, EMAIL) == [429]  # the device is counted wherever it is
    assert _tries(thief, "another@shop.example") == [200]  # and is known to its own person only


@pytest.mark.parametrize("cookie", ["", "made-up", "WyJhIl0.xyz"])
def test_a_made_up_device_is_not_known(app: Flask, cookie: str) -> None:
    client = _at(app)
    client.set_cookie("komora_device", cookie, path="/auth")
    assert _tries(client, *[EMAIL] * (FREE_TRIES + 1))[-1] == 429


def test_another_spelling_of_the_address_is_the_same_account(app: Flask) -> None:
    spellings = [EMAIL, "OLENA@shop.example", " olena@shop.example", "olena@Ｓhop.example", "Olena@SHOP.example"]
    client = _at(app)
    _tries(client, *spellings[:FREE_TRIES])
    assert _tries(client, "oLeNa@shop.example") == [429]


def test_an_address_that_tries_many_accounts_is_slowed_down_but_its_neighbours_are_not(app: Flask) -> None:
    client = _at(app)
    emails = [f"person{number}@shop.example" for number in range(FREE_TRIES_OF_ADDRESS + 1)]
    assert _tries(client, *emails) == [200] * FREE_TRIES_OF_ADDRESS + [429]
    assert _tries(_at(app, "10.0.0.8"), EMAIL) == [200]


def test_looking_at_the_page_is_not_an_attempt(app: Flask) -> None:
    client = _at(app)
    assert {client.get("/auth/login").status_code for _ in range(FREE_TRIES + 5)} == {200}


@pytest.mark.parametrize("path", ["/auth/verify", "/auth/change"])
def test_who_found_an_open_session_cannot_guess_the_password_there(app: Flask, path: str) -> None:
    client = _at(app)
    client.sign_in(EMAIL, PASSWORD)
    form = {"password": "wrong", "new_password": "x", "new_password_confirm": "x"}
    statuses = [
        client.post(path, data=form | {"email": f"{number}@dodge.example"}).status_code for number in range(FREE_TRIES)
    ]
    assert statuses == [200] * FREE_TRIES
    assert client.post(path, data=form).status_code == 429


def test_a_program_is_told_in_json_when_to_try_again(app: Flask) -> None:
    client = _at(app)
    for _ in range(FREE_TRIES):
        client.post("/auth/login", json={"email": EMAIL, "password": "wrong"})
    answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.fixture
def others(app: Flask) -> Iterator[list[Flask]]:
    """Another worker of the shop, and the shop after a restart."""
    with another_app(app, SECRET_KEY=app.secret_key) as worker, another_app(app, SECRET_KEY=app.secret_key) as again:
        yield [worker, again]


def test_workers_count_together_and_remember_after_a_restart(app: Flask, others: list[Flask]) -> None:
    assert _tries(_at(app), *[EMAIL] * 3) == [200] * 3
    assert _tries(_at(others[0]), *[EMAIL] * 2) == [200] * 2
    assert _tries(_at(others[1]), EMAIL) == [429]


def test_the_counts_hold_no_addresses(app: Flask) -> None:
    _tries(_at(app), EMAIL)
    db.session.rollback()
    keys = "".join(db.session.scalars(db.select(AttemptCount.key)))
    assert len(keys) == 128
    assert set(keys) <= set("0123456789abcdef")


def test_a_household_with_many_addresses_is_one_place() -> None:
    assert _place("2001:db8:1:2:3:4:5:6") == _place("2001:db8:1:2:ffff::1")
    assert _place("2001:db8:1:2::1") != _place("2001:db8:1:3::1")
    assert _place("10.0.0.1") == "10.0.0.1"
    assert _place("::ffff:10.0.0.1") != _place("::ffff:10.0.0.2")
    assert _place("") == ""
