"""Whose a session is, and which ones are open."""

from datetime import timedelta

from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.queries.sessions import UNUSED_DAYS
from shop.accounts.rules import ROLES
from shop.db import transaction
from shop.versions import numbers
from tests.factories import AT
from tests.factories.people import make_account, make_session
from tests.statements import counted


def test_a_session_its_account_and_what_is_published_are_one_statement(app: Flask) -> None:
    account = make_account("manager", "translator", name="Олена")
    account_id, token = account.id, make_session(account)
    with counted() as statements:
        opened = queries.open_session(token, at=AT)
    assert opened is not None
    assert (opened.account_id, opened.name, opened.email) == (account_id, "Олена", account.email)
    assert opened.versions == numbers()
    assert len(statements) == 1


def test_all_roles_of_an_account_open_what_they_permit(app: Flask) -> None:
    account = make_account("manager", "translator")
    assert queries.permissions_of_account(account.id) == ROLES["manager"] | ROLES["translator"]


def test_a_token_that_nobody_was_given_opens_nothing(app: Flask) -> None:
    make_session(make_account())
    for token in ("", "x", "\ud7ff" * 500):
        assert queries.open_session(token, at=AT) is None


def test_a_session_that_is_not_used_for_a_month_is_over(app: Flask) -> None:
    account = make_account()
    account_id, token = account.id, make_session(account)
    last_day = AT + timedelta(days=UNUSED_DAYS) - timedelta(seconds=1)
    assert queries.open_session(token, at=last_day) is not None
    assert queries.open_session(token, at=last_day + timedelta(seconds=1)) is None
    assert queries.open_sessions(account_id, at=last_day + timedelta(seconds=1)) == []


def test_the_session_that_was_used_last_comes_first(app: Flask) -> None:
    account = make_account()
    for hours, address in ((1, "10.0.0.1"), (3, "10.0.0.3"), (2, "10.0.0.2")):
        make_session(account, at=AT + timedelta(hours=hours), address=address)
    make_session(make_account())
    addresses = [each.address for each in queries.open_sessions(account.id, at=AT + timedelta(hours=4))]
    assert addresses == ["10.0.0.3", "10.0.0.2", "10.0.0.1"]


def test_a_device_is_known_to_who_signed_in_there_even_after_signing_out(app: Flask) -> None:
    account = make_account(email="olena@shop.example")
    make_account(email="ivan@shop.example")
    actor, account_id = account.actor, account.id
    make_session(account, device_token="laptop")
    with transaction():
        accounts.end_sessions(account_id, actor=actor, at=AT)
    assert queries.is_known_device("olena@shop.example", "laptop")
    assert not queries.is_known_device("ivan@shop.example", "laptop")
    assert not queries.is_known_device("olena@shop.example", "another")
    assert not queries.is_known_device("nobody@shop.example", "laptop")
