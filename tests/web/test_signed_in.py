"""Who is asking, by the session of the cookies."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from shop.accounts.models import AccountSession
from shop.accounts.queries.sessions import UNUSED_DAYS
from shop.db import db, transaction
from tests.clients import Browser, browser
from tests.factories.people import PASSWORD, make_account

EMAIL = "olena@shop.example"


def _signed_in(app: Flask) -> Browser:
    make_account("owner", email=EMAIL)
    client = browser(app)
    client.sign_in(EMAIL, PASSWORD)
    return client


def _last_used(ago: timedelta) -> None:
    with transaction():
        db.session.scalars(db.select(AccountSession)).one().seen_at = datetime.now(UTC) - ago


def _seen_at() -> datetime:
    db.session.rollback()
    return db.session.scalars(db.select(AccountSession.seen_at)).one()


def test_using_a_session_is_noted_once_a_minute(app: Flask) -> None:
    client = _signed_in(app)
    _last_used(timedelta(minutes=5))
    client.get("/admin/")
    noted = _seen_at()
    assert datetime.now(UTC) - noted < timedelta(minutes=1)
    client.get("/admin/")
    assert _seen_at() == noted


def test_a_session_that_nobody_used_for_a_month_is_over(app: Flask) -> None:
    client = _signed_in(app)
    _last_used(timedelta(days=UNUSED_DAYS + 1))
    assert not client.is_signed_in()


def test_a_public_page_notes_nothing(app: Flask) -> None:
    client = _signed_in(app)
    _last_used(timedelta(minutes=5))
    before = _seen_at()
    client.get("/")
    assert _seen_at() == before


def test_no_token_in_a_header_signs_anybody_in(app: Flask) -> None:
    token = make_account("owner").fs_uniquifier
    answer = browser(app).get("/admin/", headers={"Authentication-Token": token})
    assert answer.status_code == 302
