"""Accounts for the tests, made through the same operations as the shop's own."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shop.accounts import operations as accounts
from shop.accounts.models import Account
from shop.accounts.operations import Browser, Tries
from shop.audit.models import AuditEntry
from shop.audit.rules import AuditCode
from shop.db import db, transaction
from tests.factories import AT, SYSTEM
from web.passwords import new_password

PASSWORD = "їжак-несе-йогурт-додому"  # й and ї have two spellings in Unicode
BROWSER = Browser(user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", address="10.0.0.1", device_token="tests")
_numbers = itertools.count(1)


def make_account(*roles: str, **facts: Any) -> Account:
    """An account with these roles (a viewer unless others are given) and the PASSWORD."""
    number = next(_numbers)
    given: dict[str, Any] = {"email": f"person{number}@shop.example", "name": f"Особа {number}"} | facts
    given["password"] = new_password(given.get("password", PASSWORD))
    with transaction():
        account = accounts.add_staff(given.pop("email"), roles=roles or ("viewer",), actor=SYSTEM, at=AT, **given)
        account_id = account.id
    return db.session.get_one(Account, account_id)


def role_names(account_id: int) -> Sequence[str]:
    """The roles of an account as the database has them now."""
    db.session.expire_all()
    return [str(role.name) for role in db.session.get_one(Account, account_id).roles]


def make_session(account: Account, at: datetime = AT, **facts: str) -> str:
    """The token of a session that began at that time."""
    account_id, checked = account.id, str(account.password)
    with transaction():
        return accounts.sign_in(
            account_id, checked=checked, browser=replace(BROWSER, **facts), tries=Tries("t" * 64, None), at=at
        )


def codes() -> Sequence[AuditCode]:
    """What stands in the audit, the oldest first."""
    db.session.rollback()
    return db.session.scalars(db.select(AuditEntry.code).order_by(AuditEntry.id)).all()
