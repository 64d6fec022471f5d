"""Giving passwords; whoever calls has hashed them."""

from dataclasses import dataclass
from datetime import datetime

from shop.accounts.models import Account
from shop.accounts.operations.attempts import Tries, forgive
from shop.accounts.operations.rights import refuse_beyond_own
from shop.accounts.operations.sessions import CHANGED_AT_THIS_MOMENT, Browser, begin_session, drop_sessions
from shop.accounts.passwords import NewPassword, check_password
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode
from shop.db import db
from shop.errors import N_, Conflict, Invalid
from shop.rows import held
from shop.versions import Published, raised


@dataclass(frozen=True)
class OwnPassword:
    """A person’s own new password, given after the old one; `checked` is the hash for which the old one was right."""

    old: str
    checked: str
    new: NewPassword
    browser: Browser
    tries: Tries


def set_password(account_id: int, password: NewPassword, *, actor: Actor, at: datetime) -> Account:
    """A new password; all sessions of the account end. Raises NotFound, Invalid, Conflict beyond one's own rights."""
    account = held(Account, account_id)
    refuse_beyond_own(actor, account.permissions)
    check_password(password.text, known=[account.email, account.name])
    account.password = password.hash
    db.session.flush()
    drop_sessions(account_id, at=at)
    raised(Published.STAFF)
    audit.record(AuditCode.STAFF_PASSWORD_SET, account.subject, actor=actor, at=at)
    return account


def change_own_password(account_id: int, change: OwnPassword, *, at: datetime) -> str:
    """A person's own new password; all sessions end, and the token of another one comes back.

    Raises Invalid, and Conflict when the account was deactivated or got another password since the old one was checked.
    """
    if change.new.text == change.old:
        text = N_("The new password must differ from the current one.")
        raise Invalid("password_same", text, field="new_password")
    account = held(Account, account_id)
    if not account.active or account.password != change.checked:
        raise Conflict("changed_meanwhile", CHANGED_AT_THIS_MOMENT)
    set_password(account_id, change.new, actor=account.actor, at=at)
    forgive(change.tries, at=at)
    return begin_session(account, browser=change.browser, at=at)


def set_demo_password(account_id: int, password: NewPassword) -> None:
    """Give an account the password that the demo prints, and remember that it is that one."""
    account = held(Account, account_id)
    account.password = account.demo_password = password.hash
    db.session.flush()
    raised(Published.STAFF)
