"""Adding, changing and deactivating people; what is written down of it."""

from datetime import datetime

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.models import Account
from shop.accounts.rules import Permission
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.db import db, transaction
from tests.factories import refused
from tests.factories.people import PASSWORD, make_account, make_session, role_names
from web.passwords import new_password

OTHER_PASSWORD = "вітрила-під-ковдрою-42"


def _last_entry() -> AuditEntry:
    return db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first() or pytest.fail("none")


def _change(account: Account, actor: Actor, now: datetime, **other: object) -> None:
    facts = {
        "email": account.email,
        "name": account.name,
        "roles": [str(role.name) for role in account.roles],
        "version": account.version,
    }
    account_id = account.id
    with transaction():
        accounts.change_staff(account_id, actor=actor, at=now, **(facts | other))


def test_an_added_person_has_the_roles_and_is_written_down(app: Flask, actor: Actor, now: datetime) -> None:
    with transaction():
        account = accounts.add_staff(
            " Iryna@Shop.UA ",
            name="  Ірина   Комірниця ",
            password=new_password(PASSWORD),
            roles=["warehouse"],
            actor=actor,
            at=now,
        )
    assert (account.email, account.name, account.active) == ("iryna@shop.ua", "Ірина Комірниця", True)
    assert account.may(Permission.STOCK_RECEIVE)
    assert not account.may(Permission.STOCK_WRITE_OFF)
    entry = _last_entry()
    assert (entry.code, entry.subject_label, entry.actor_name) == (AuditCode.STAFF_ADDED, "Ірина Комірниця", "Олена")
    assert entry.changes["roles"] == [None, ["warehouse"]]


def test_no_password_nor_its_hash_is_ever_written_down(app: Flask, actor: Actor, now: datetime) -> None:
    account_id = make_account("owner").id
    with transaction():
        accounts.set_password(account_id, new_password(OTHER_PASSWORD), actor=actor, at=now)
    written = " ".join(str(entry.changes) + entry.reason for entry in db.session.scalars(db.select(AuditEntry)))
    account = queries.account_by_id(account_id)
    for secret in (PASSWORD, OTHER_PASSWORD, "argon2", str(account.password), account.fs_uniquifier):
        assert secret not in written
    assert str(account.password).startswith("$argon2id$")


def test_an_address_belongs_to_one_account_in_any_case_of_letters(app: Flask, actor: Actor, now: datetime) -> None:
    make_account(email="olena@shop.ua")
    with refused("email_taken") as refusal:
        make_account(email="OLENA@shop.ua")
    assert refusal.value.field == "email"
    other = make_account(email="ivan@shop.ua")
    with refused("email_taken"):
        _change(other, actor, now, email="Olena@Shop.ua")
    assert queries.account_by_email(" OLENA@SHOP.UA").email == "olena@shop.ua"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"email": "olena"}, "email_wrong"),
        ({"name": "  "}, "name_wrong"),
        ({"name": "о" * 81}, "name_wrong"),
        ({"password": "short"}, "password_short"),
        ({"password": "йцукенйцукен"}, "password_weak"),
    ],
)
def test_bad_facts_are_refused_and_nobody_is_added(app: Flask, facts: dict[str, str], code: str) -> None:
    with refused(code):
        make_account(**facts)
    assert queries.all_accounts() == []


@pytest.mark.parametrize("roles", [[], ["king"], ["viewer", "king"]])
def test_an_account_needs_roles_that_there_are(app: Flask, actor: Actor, now: datetime, roles: list[str]) -> None:
    account = make_account("viewer")
    with refused("role_unknown"):
        _change(account, actor, now, roles=roles)
    assert role_names(account.id) == ["viewer"]


def test_a_change_is_written_down_old_and_new(app: Flask, actor: Actor, now: datetime) -> None:
    account = make_account("viewer", name="Марко")
    _change(account, actor, now, name="Марко Менеджер", roles=["manager", "translator"])
    entry = _last_entry()
    assert entry.code == AuditCode.STAFF_CHANGED
    assert entry.changes == {
        "name": ["Марко", "Марко Менеджер"],
        "roles": [["viewer"], ["manager", "translator"]],
    }


def test_a_form_saved_without_a_change_is_no_deed(app: Flask, actor: Actor, now: datetime) -> None:
    account = make_account("viewer")
    before, version = _last_entry().id, account.version
    _change(account, actor, now)
    assert (_last_entry().id, queries.account_by_id(account.id).version) == (before, version)


@pytest.mark.parametrize("first", [{"name": "Інше ім’я"}, {"roles": ["manager"]}])
def test_an_older_form_does_not_overwrite_what_somebody_changed_meanwhile(
    app: Flask, actor: Actor, now: datetime, first: dict[str, object]
) -> None:
    account = make_account("viewer")
    seen = account.version
    _change(account, actor, now, **first)
    with refused("changed_meanwhile"):
        _change(queries.account_by_id(account.id), actor, now, roles=["warehouse"], version=seen)
    assert "warehouse" not in role_names(account.id)


def test_deactivating_ends_the_sessions_and_restoring_opens_the_account_again(
    app: Flask, actor: Actor, now: datetime
) -> None:
    account = make_account()
    account_id, token = account.id, make_session(account)
    with transaction():
        accounts.deactivate(account_id, actor=actor, at=now)
    assert not queries.account_by_id(account_id).active
    assert queries.open_session(token, at=now) is None
    assert _last_entry().code == AuditCode.STAFF_DEACTIVATED
    with transaction():
        accounts.restore(account_id, actor=actor, at=now)
    assert queries.account_by_id(account_id).active
    assert queries.open_session(token, at=now) is None  # the old cookies stay worthless
    assert _last_entry().code == AuditCode.STAFF_RESTORED


def test_deactivating_twice_is_one_deed(app: Flask, actor: Actor, now: datetime) -> None:
    account_id = make_account().id
    for _ in range(2):
        with transaction():
            accounts.deactivate(account_id, actor=actor, at=now)
    codes = db.session.scalars(db.select(AuditEntry.code)).all()
    assert codes.count(AuditCode.STAFF_DEACTIVATED) == 1


def test_who_is_not_there_is_not_found(app: Flask, actor: Actor, now: datetime) -> None:
    for deed in (accounts.deactivate, accounts.restore):
        with refused("account_not_found"), transaction():
            deed(404, actor=actor, at=now)
    with refused("account_not_found"):
        queries.account_by_email("nobody@shop.ua")
