"""Sessions begin with the right password, are used, and end on the server."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.models import Account, AccountSession, AttemptCount
from shop.accounts.operations import Tries
from shop.audit.models import AuditEntry
from shop.audit.rules import ActorKind, AuditCode
from shop.db import db, transaction
from tests.factories import AT, refused
from tests.factories.people import BROWSER, codes, make_account, make_session

TRIES = Tries("p" * 64, "a" * 64)


def _session_id(token: str) -> int:
    opened = queries.open_session(token, at=AT)
    assert opened is not None
    return opened.id


def _last_entry() -> AuditEntry:
    return db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first() or pytest.fail("none")


def test_a_sign_in_is_a_session_that_stands_in_the_audit(app: Flask) -> None:
    account = make_account(name="Олена")
    token = make_session(account)
    opened = queries.open_session(token, at=AT)
    assert opened is not None
    stored = db.session.get_one(AccountSession, opened.id)
    assert (opened.name, stored.address) == ("Олена", BROWSER.address)
    assert token not in str(vars(stored)) + str(opened)
    entry = _last_entry()
    assert (entry.code, entry.actor_name, entry.actor_kind) == (AuditCode.SIGN_IN_ACCEPTED, "Олена", ActorKind.STAFF)
    assert BROWSER.address not in str(vars(entry))


def test_signing_in_forgives_the_tries_of_the_person_and_this_one_of_the_address(app: Flask, now: datetime) -> None:
    account = make_account()
    for _ in range(3):
        with transaction():
            accounts.count_try(TRIES, at=now)
    with transaction():
        accounts.sign_in(account.id, checked=str(account.password), browser=BROWSER, tries=TRIES, at=now)
    counts = {row.key: row.count for row in db.session.scalars(db.select(AttemptCount))}
    assert counts == {TRIES.person: 0, TRIES.address: 2}


@pytest.mark.parametrize("change", [{"active": False}, {"password": "another"}])
def test_a_password_that_was_right_a_moment_ago_opens_nothing(
    app: Flask, now: datetime, change: dict[str, object]
) -> None:
    account = make_account()
    account_id, checked = account.id, str(account.password)
    with transaction():
        db.session.execute(db.update(Account).values(**change))
    with refused("changed_meanwhile"), transaction():
        accounts.sign_in(account_id, checked=checked, browser=BROWSER, tries=TRIES, at=now)
    assert queries.open_sessions(account_id, at=now) == []


def test_a_refused_sign_in_names_the_account_and_of_a_stranger_nothing(app: Flask, now: datetime) -> None:
    account_id = make_account(name="Олена").id
    for tried, label in ((account_id, "Олена"), (None, "")):
        with transaction():
            accounts.refuse_sign_in(tried, at=now)
        entry = _last_entry()
        assert (entry.code, entry.subject_label) == (AuditCode.SIGN_IN_REFUSED, label)
        assert (entry.actor_kind, entry.actor_name, entry.changes) == (ActorKind.GUEST, "", {})


def test_signing_out_ends_one_session_once(app: Flask, now: datetime) -> None:
    account = make_account()
    actor, first, second = account.actor, make_session(account), make_session(account)
    session_id = _session_id(first)
    for _ in range(2):
        with transaction():
            accounts.sign_out(session_id, actor=actor, at=now)
    assert queries.open_session(first, at=now) is None
    assert queries.open_session(second, at=now) is not None
    assert codes().count(AuditCode.SIGN_OUT_DONE) == 1


def test_all_sessions_but_one_are_ended_at_once(app: Flask, now: datetime) -> None:
    account = make_account()
    account_id, actor = account.id, account.actor
    tokens = [make_session(account) for _ in range(4)]
    kept = _session_id(tokens[0])
    with transaction():
        assert accounts.end_sessions(account_id, but=kept, actor=actor, at=now) == 3
    assert [each.id for each in queries.open_sessions(account_id, at=AT)] == [kept]
    entry = _last_entry()
    assert (entry.code, entry.changes) == (AuditCode.SESSIONS_ENDED, {"sessions": [3, 0]})
    with transaction():
        assert accounts.end_sessions(account_id, but=kept, actor=actor, at=now) == 0
    assert codes().count(AuditCode.SESSIONS_ENDED) == 1


def test_the_owner_ends_anybodys_session_and_others_only_within_their_rights(app: Flask, now: datetime) -> None:
    owner, viewer = make_account("owner"), make_account("viewer")
    owner_id, viewer_id, owner_actor, viewer_actor = owner.id, viewer.id, owner.actor, viewer.actor
    of_owner, of_viewer = _session_id(make_session(owner)), _session_id(make_session(viewer))
    with refused("beyond_own"), transaction():
        accounts.end_session(of_owner, account_id=owner_id, actor=viewer_actor, at=now)
    with refused("beyond_own"), transaction():
        accounts.end_sessions(owner_id, actor=viewer_actor, at=now)
    with transaction():
        accounts.end_session(of_viewer, account_id=viewer_id, actor=owner_actor, at=now)
    assert queries.open_sessions(viewer_id, at=AT) == []
    assert len(queries.open_sessions(owner_id, at=AT)) == 1


def test_a_session_of_another_account_is_not_there(app: Flask, now: datetime) -> None:
    mine, other = make_account(), make_account()
    my_id, actor, theirs = mine.id, mine.actor, _session_id(make_session(other))
    for session_id in (theirs, 404):
        with refused("account_session_not_found"), transaction():
            accounts.end_session(session_id, account_id=my_id, actor=actor, at=now)


def test_a_session_is_seen_and_never_earlier_than_before(app: Flask) -> None:
    token = make_session(make_account())
    session_id = _session_id(token)
    for minutes, address in ((5, "10.0.0.2"), (3, "10.0.0.3")):
        with transaction():
            accounts.see(session_id, address=address, at=AT + timedelta(minutes=minutes))
    seen = db.session.get_one(AccountSession, session_id)
    assert (seen.seen_at, seen.address) == (AT + timedelta(minutes=5), "10.0.0.2")


def test_sessions_of_long_ago_are_thrown_away(app: Flask) -> None:
    account = make_account()
    make_session(account)
    make_session(account, at=AT + timedelta(days=100))
    assert db.session.query(AccountSession).count() == 2
    make_session(account, at=AT + timedelta(days=200))
    assert db.session.query(AccountSession).count() == 2


def test_what_a_browser_says_of_itself_is_cut_to_what_is_kept(app: Flask) -> None:
    token = make_session(make_account(), user_agent="x" * 5000, address="y" * 100)
    opened = db.session.get_one(AccountSession, _session_id(token))
    assert (len(opened.user_agent), len(opened.address)) == (300, 45)
