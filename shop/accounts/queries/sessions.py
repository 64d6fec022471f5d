"""Reading sessions: whose one is, and where somebody is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager

from shop.accounts.models import Account, AccountSession
from shop.accounts.queries.people import account_by_id
from shop.accounts.tokens import hash_of
from shop.db import db

UNUSED_DAYS = 30  # a session that nobody used for so long is over


@dataclass(frozen=True)
class PersonWithSessions:
    """An account and its open sessions."""

    account: Account
    sessions: Sequence[AccountSession]


def open_session(token: str, *, at: datetime) -> AccountSession | None:
    """The session of a token with its account and roles, or None when it is over or the account is deactivated."""
    found = (
        select(AccountSession)
        .join(AccountSession.account)
        .where(AccountSession.token_hash == hash_of(token), _is_open(at), Account.active)
        .options(contains_eager(AccountSession.account).joinedload(Account.roles))
    )
    return db.session.scalars(found).unique().one_or_none()


def open_sessions(account_id: int, *, at: datetime) -> Sequence[AccountSession]:
    """Where an account is signed in, the one that was used last first."""
    open_ones = select(AccountSession).where(AccountSession.account_id == account_id, _is_open(at))
    return db.session.scalars(open_ones.order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())).all()


def person_with_sessions(account_id: int, *, at: datetime) -> PersonWithSessions:
    """An account and where it is signed in. Raises NotFound."""
    return PersonWithSessions(account_by_id(account_id), open_sessions(account_id, at=at))


def is_known_device(email: str, device_token: str) -> bool:
    """Whether somebody has signed in with this address in the browser that carries this token."""
    there = exists().where(AccountSession.account_id == Account.id, AccountSession.device_hash == hash_of(device_token))
    return bool(db.session.scalar(select(there).where(Account.email == email)))


def _is_open(at: datetime) -> ColumnElement[bool]:
    return AccountSession.ended_at.is_(None) & (AccountSession.seen_at > at - timedelta(days=UNUSED_DAYS))
