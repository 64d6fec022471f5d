"""Giving passwords, to others and to oneself."""

from datetime import datetime

from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.models import Account
from shop.accounts.operations import OwnPassword, Tries
from shop.audit.rules import Actor, AuditCode
from shop.db import db, transaction
from tests.factories import refused
from tests.factories.people import BROWSER, PASSWORD, codes, make_account, make_session
from web.passwords import new_password

OTHER_PASSWORD = "вітрила-під-ковдрою-42"
TRIES = Tries("p" * 64, None)


def test_a_new_password_ends_the_sessions(app: Flask, actor: Actor, now: datetime) -> None:
    account = make_account()
    account_id, tokens = account.id, [make_session(account), make_session(account)]
    with transaction():
        accounts.set_password(account_id, new_password(OTHER_PASSWORD), actor=actor, at=now)
    assert [queries.open_session(token, at=now) for token in tokens] == [None, None]
    assert codes()[-1] == AuditCode.STAFF_PASSWORD_SET


def test_a_weak_password_leaves_the_old_one(app: Flask, actor: Actor, now: datetime) -> None:
    account = make_account()
    before, account_id = account.password, account.id
    with refused("password_weak"), transaction():
        accounts.set_password(account_id, new_password("password123"), actor=actor, at=now)
    assert queries.account_by_id(account_id).password == before


def _own(new: str, old: str = PASSWORD, checked: str = "") -> OwnPassword:
    is_now = db.session.scalars(db.select(Account.password)).one()
    return OwnPassword(old, checked or str(is_now), new_password(new), browser=BROWSER, tries=TRIES)


def test_a_password_that_was_set_meanwhile_is_not_overwritten(app: Flask, actor: Actor, now: datetime) -> None:
    account = make_account()
    account_id, seen = account.id, str(account.password)
    with transaction():
        accounts.set_password(account_id, new_password(OTHER_PASSWORD), actor=actor, at=now)
    stays = queries.account_by_id(account_id).password
    with refused("changed_meanwhile"), transaction():
        accounts.change_own_password(account_id, _own("ще-одне-слово-про-сад-7", checked=seen), at=now)
    assert queries.account_by_id(account_id).password == stays


def test_who_changes_their_own_password_is_signed_in_anew_here_and_nowhere_else(app: Flask, now: datetime) -> None:
    account = make_account(name="Олена")
    account_id, elsewhere = account.id, make_session(account)
    with transaction():
        token = accounts.change_own_password(account_id, _own(OTHER_PASSWORD), at=now)
    assert queries.open_session(elsewhere, at=now) is None
    opened = queries.open_session(token, at=now)
    assert opened is not None
    assert opened.account_id == account_id
    assert codes()[-1] == AuditCode.STAFF_PASSWORD_SET


def test_the_new_password_is_another_one(app: Flask, now: datetime) -> None:
    account_id = make_account().id
    with refused("password_same") as refusal, transaction():
        accounts.change_own_password(account_id, _own(PASSWORD), at=now)
    assert refusal.value.field == "new_password"


def test_the_shop_knows_whether_demo_passwords_are_in_use(app: Flask, actor: Actor, now: datetime) -> None:
    account_id = make_account().id
    assert not queries.demo_passwords_in_use()
    with transaction():
        accounts.set_demo_password(account_id, new_password(PASSWORD))
    assert queries.demo_passwords_in_use()
    assert [account.id for account in queries.demo_accounts()] == [account_id]
    with transaction():
        accounts.set_password(account_id, new_password(OTHER_PASSWORD), actor=actor, at=now)
    assert not queries.demo_passwords_in_use()
