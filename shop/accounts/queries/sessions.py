"""Reading sessions: whose one is, and where somebody is signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select, true

from shop.accounts.models import Account, AccountSession
from shop.accounts.queries.people import account_by_id
from shop.accounts.tokens import hash_of
from shop.db import db, reading
from shop.versions import Published, PublishedVersion

UNUSED_DAYS = 30  # a session that nobody used for so long is over


@dataclass(frozen=True)
class PersonWithSessions:
    """An account and its open sessions."""

    account: Account
    sessions: Sequence[AccountSession]


@dataclass(frozen=True)
class OpenSession:
    """A session that stands, whose it is, and how often each published thing had changed at that moment."""

    id: int
    seen_at: datetime
    account_id: int
    name: str
    email: str
    fs_uniquifier: str
    versions: Mapping[Published, int]


def open_session(token: str, *, at: datetime) -> OpenSession | None:
    """The session of a token with whose it is, or None when it is over or the account is deactivated.

    One statement reads them with the numbers of what is published: what is kept of the person, and of what the page
    shows, is so compared with the numbers of the same moment.
    """
    asked = {"token_hash": hash_of(token), "since": _unused_since(at)}
    with reading() as connection:
        rows = connection.execute(_OPEN_SESSION, asked).all()
    if not rows or rows[0].id is None:
        return None
    first, versions = rows[0], {row.published: row.number for row in rows}
    return OpenSession(
        first.id, first.seen_at, first.account_id, first.name, first.email, first.fs_uniquifier, versions
    )


def _is_open(since: Any) -> ColumnElement[bool]:
    return AccountSession.ended_at.is_(None) & (AccountSession.seen_at > since)


def _unused_since(at: datetime) -> datetime:
    return at - timedelta(days=UNUSED_DAYS)


_found = (
    select(
        AccountSession.id,
        AccountSession.seen_at,
        Account.id.label("account_id"),
        Account.name,
        Account.email,
        Account.fs_uniquifier,
    )
    .join(Account, Account.id == AccountSession.account_id)
    .where(AccountSession.token_hash == bindparam("token_hash"), _is_open(bindparam("since")), Account.active)
    .subquery()
)
_OPEN_SESSION = select(PublishedVersion.name.label("published"), PublishedVersion.number, *_found.c).outerjoin(
    _found, true()
)
"""Written once: every page of the staff asks it, and to build it takes longer than to run it."""


def open_sessions(account_id: int, *, at: datetime) -> Sequence[AccountSession]:
    """Where an account is signed in, the one that was used last first."""
    open_ones = select(AccountSession).where(AccountSession.account_id == account_id, _is_open(_unused_since(at)))
    return db.session.scalars(open_ones.order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())).all()


def person_with_sessions(account_id: int, *, at: datetime) -> PersonWithSessions:
    """An account and where it is signed in. Raises NotFound."""
    return PersonWithSessions(account_by_id(account_id), open_sessions(account_id, at=at))


def is_known_device(email: str, device_token: str) -> bool:
    """Whether somebody has signed in with this address in the browser that carries this token."""
    there = exists().where(AccountSession.account_id == Account.id, AccountSession.device_hash == hash_of(device_token))
    return bool(db.session.scalar(select(there).where(Account.email == email)))
