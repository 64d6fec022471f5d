"""Signing in and out: a session begins, is used, and ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from shop.accounts.models import Account, AccountSession
from shop.accounts.operations.attempts import Tries, forgive
from shop.accounts.operations.rights import refuse_beyond_own
from shop.accounts.tokens import fresh_token, hash_of
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject
from shop.db import db
from shop.errors import N_, Conflict, NotFound
from shop.rows import held, row

LONGEST_NAME, LONGEST_ADDRESS = 300, 45  # of the columns
KEPT_DAYS = 180  # how long a browser is known after it was used last
SEEN_EVERY = timedelta(minutes=1)
CHANGED_AT_THIS_MOMENT = N_("The account has changed at this moment. Sign in once more.")


@dataclass(frozen=True)
class Browser:
    """Where somebody signs in: what the browser calls itself, its address, and the token by which it is known again."""

    user_agent: str
    address: str
    device_token: str


def sign_in(account_id: int, *, checked: str, browser: Browser, tries: Tries, at: datetime) -> str:
    """Begin a session after the right password; the token for its cookies comes back, and the tries are forgiven.

    `checked` is the hash that the password was compared with: raises Conflict when the account was deactivated or got
    another password since.
    """
    account = held(Account, account_id)
    if not account.active or account.password != checked:
        raise Conflict("changed_meanwhile", CHANGED_AT_THIS_MOMENT)
    forgive(tries, at=at)
    token = begin_session(account, browser=browser, at=at)
    audit.record(AuditCode.SIGN_IN_ACCEPTED, account.subject, actor=account.actor, at=at)
    return token


def begin_session(account: Account, *, browser: Browser, at: datetime) -> str:
    """A session as a part of another deed that is written down itself; the token for its cookies comes back."""
    long_ago = AccountSession.seen_at < at - timedelta(days=KEPT_DAYS)
    db.session.execute(delete(AccountSession).where(AccountSession.account_id == account.id, long_ago))
    token = fresh_token()
    session = AccountSession(account_id=account.id, token_hash=hash_of(token), created_at=at, seen_at=at)
    session.user_agent, session.address = browser.user_agent[:LONGEST_NAME], browser.address[:LONGEST_ADDRESS]
    session.device_hash = hash_of(browser.device_token)
    db.session.add(session)
    db.session.flush()
    return token


def refuse_sign_in(account_id: int | None, *, at: datetime) -> None:
    """Write down that somebody could not sign in. Of an address without an account nothing is kept."""
    subject = Subject("account", 0, "") if account_id is None else row(Account, account_id).subject
    audit.record(AuditCode.SIGN_IN_REFUSED, subject, actor=Actor.guest(), at=at)


def see(session_id: int, *, address: str, at: datetime) -> None:
    """Note that a session is being used, and from where."""
    seen = update(AccountSession).where(AccountSession.id == session_id, AccountSession.seen_at < at)
    db.session.execute(
        seen.values(seen_at=at, address=address[:LONGEST_ADDRESS]).execution_options(synchronize_session=False)
    )


def sign_out(session_id: int, *, actor: Actor, at: datetime) -> None:
    """End a session of one's own."""
    session = row(AccountSession, session_id)
    if _end([session.id], at):
        audit.record(AuditCode.SIGN_OUT_DONE, row(Account, session.account_id).subject, actor=actor, at=at)


def end_session(session_id: int, *, account_id: int, actor: Actor, at: datetime) -> None:
    """End a session of an account, one's own or another's. Raises NotFound, Conflict beyond one's own rights."""
    account = row(Account, account_id)
    _refuse_others(actor, account)
    session = row(AccountSession, session_id)
    if session.account_id != account_id:
        raise NotFound("account_session_not_found", N_("There is no such session."))
    _ended_by(actor, account, [session.id], at)


def end_sessions(account_id: int, *, but: int | None = None, actor: Actor, at: datetime) -> int:
    """End all sessions of an account but the one that `but` names; how many were open. Raises NotFound, Conflict."""
    account = row(Account, account_id)
    _refuse_others(actor, account)
    return _ended_by(actor, account, _open_ids(account_id, but), at)


def drop_sessions(account_id: int, *, at: datetime) -> None:
    """End all sessions as a part of another deed that is written down itself."""
    _end(_open_ids(account_id, None), at)


def _open_ids(account_id: int, but: int | None) -> list[int]:
    mine = select(AccountSession.id).where(AccountSession.account_id == account_id, AccountSession.ended_at.is_(None))
    return [each for each in db.session.scalars(mine) if each != but]


def _ended_by(actor: Actor, account: Account, ids: list[int], at: datetime) -> int:
    ended = _end(ids, at)
    if ended:
        changes = {"sessions": [ended, 0]}
        audit.record(AuditCode.SESSIONS_ENDED, account.subject, actor=actor, at=at, changes=changes)
    return ended


def _end(ids: list[int], at: datetime) -> int:
    """How many of these were open until now."""
    still = update(AccountSession).where(AccountSession.id.in_(ids), AccountSession.ended_at.is_(None))
    ended = still.values(ended_at=at).returning(AccountSession.id).execution_options(synchronize_session=False)
    return len(db.session.scalars(ended).all())


def _refuse_others(actor: Actor, account: Account) -> None:
    if actor.id != account.id:
        refuse_beyond_own(actor, account.permissions)
