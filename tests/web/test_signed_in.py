"""Who is asking, by the session of the cookies; what is kept of them never outlives a change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts.models import Account, AccountSession, Role
from shop.accounts.passwords import NewPassword
from shop.accounts.queries.sessions import UNUSED_DAYS
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.versions import Published, numbers
from tests.clients import Browser, browser
from tests.factories import AT
from tests.factories.people import PASSWORD, make_account
from tests.statements import counted
from web.passwords import new_password

EMAIL = "olena@shop.example"
BOSS = Actor.command("Олена")


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


@pytest.fixture
def person(app: Flask) -> tuple[int, Browser]:
    """Somebody of the warehouse whose permissions are kept already, and their browser."""
    password = new_password(PASSWORD)
    with transaction():
        added = accounts.add_staff("v@x.ua", name="Віра", password=password, roles=["warehouse"], actor=BOSS, at=AT)
        account_id = added.id
    client = browser(app)
    assert client.sign_in("v@x.ua", PASSWORD).status_code == 302
    assert client.get("/admin/games/").status_code == 200
    assert client.get("/admin/audit/").status_code == 403
    return account_id, client


def _given(account_id: int, *roles: str) -> None:
    account = db.session.get_one(Account, account_id)
    facts = {"email": account.email, "name": account.name, "roles": list(roles), "version": account.version}
    with transaction():
        accounts.change_staff(account_id, **facts, actor=BOSS, at=AT)


def test_a_deactivated_person_is_out_at_the_next_request(person: tuple[int, Browser]) -> None:
    account_id, client = person
    make_account("owner")
    with transaction():
        accounts.deactivate(account_id, actor=BOSS, at=AT)
    assert client.get("/admin/games/").status_code == 302


def test_an_ended_session_is_out_at_the_next_request(person: tuple[int, Browser]) -> None:
    account_id, client = person
    with transaction():
        accounts.end_sessions(account_id, actor=BOSS, at=AT)
    assert client.get("/admin/games/").status_code == 302


def test_another_role_opens_and_closes_at_the_next_request_and_so_does_the_menu(person: tuple[int, Browser]) -> None:
    account_id, client = person
    assert 'href="/admin/audit/"' not in client.get("/admin/").text
    _given(account_id, "viewer")
    assert client.get("/admin/audit/").status_code == 200
    assert 'href="/admin/audit/"' in client.get("/admin/").text
    assert client.get("/admin/receipts/").status_code == 403
    _given(account_id, "warehouse")
    assert client.get("/admin/audit/").status_code == 403
    assert 'href="/admin/audit/"' not in client.get("/admin/").text


def test_what_a_role_permits_counts_from_the_next_request_on(person: tuple[int, Browser]) -> None:
    _, client = person
    role = db.session.scalars(db.select(Role).where(Role.name == "warehouse")).one()
    facts = {"name": role.name, "version": role.version}
    with transaction():
        accounts.change_role(role.id, **facts, permissions=[Permission.AUDIT_READ], actor=BOSS, at=AT)
    assert client.get("/admin/audit/").status_code == 200
    assert client.get("/admin/games/").status_code == 403


def test_another_name_shows_at_the_next_request(person: tuple[int, Browser]) -> None:
    account_id, client = person
    account = db.session.get_one(Account, account_id)
    with transaction():
        accounts.change_staff(
            account_id, email="v@x.ua", name="Віра К.", roles=["warehouse"], version=account.version, actor=BOSS, at=AT
        )
    assert "Віра К." in client.get("/admin/").text


DEEDS: dict[str, Callable[[int, NewPassword], object]] = {
    "a password": lambda each, password: accounts.set_password(each, password, actor=BOSS, at=AT),
    "a demo password": accounts.set_demo_password,
    "deactivating": lambda each, _: accounts.deactivate(each, actor=BOSS, at=AT),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_on_an_account_is_published(person: tuple[int, Browser], deed: str) -> None:
    make_account("owner")
    before, password = numbers()[Published.STAFF], new_password("lis-paperovyi-kava-78")
    with transaction():
        DEEDS[deed](person[0], password)
    assert numbers()[Published.STAFF] == before + 1


def test_a_verification_shows_on_the_next_page(person: tuple[int, Browser]) -> None:
    _, client = person
    assert "Облік сходиться" not in client.get("/admin/games/").text
    stock.verify(at=AT)
    assert "Облік сходиться" in client.get("/admin/games/").text


def test_who_is_asking_costs_one_statement_once_their_permissions_are_kept(person: tuple[int, Browser]) -> None:
    _, client = person
    client.get("/admin/documents/")
    with counted() as statements:
        assert client.get("/admin/documents/").status_code == 303
    assert len(statements) == 1
