"""Accounts as the owner edits them."""

from collections.abc import Callable
from typing import Any

import flask_security
import pytest

from shop.accounts.models import Account
from shop.db import db, transaction
from tests.clients import Browser
from tests.factories.people import make_account

OTHER_PASSWORD = "вітрила-під-ковдрою-42"


def _account(email: str) -> Account:
    db.session.rollback()
    return db.session.scalars(db.select(Account).where(Account.email == email)).one()


def test_an_account_is_changed_deactivated_and_restored(staff: Callable[..., Browser]) -> None:
    owner = staff("owner")
    staff("viewer", name="Віра")
    account = _account("viewer-віра@x.ua")
    fields = {"version": account.version, "name": "Віра К.", "email": account.email, "roles": ["warehouse"]}
    assert owner.post(f"/admin/staff/edit/?id={account.id}", data=fields).status_code == 303
    assert _account(account.email).name == "Віра К."
    for deed, active in (("deactivate", False), ("restore", True)):
        assert owner.post(f"/admin/staff/{account.id}/{deed}/").status_code == 303
        assert _account("viewer-віра@x.ua").active is active


def test_a_weak_password_is_refused_beside_its_field(staff: Callable[..., Browser]) -> None:
    owner = staff("owner")
    account = _account("owner-олена@x.ua")
    answer = owner.post(f"/admin/staff/{account.id}/password/", data={"password": "short"})
    assert answer.status_code == 200
    assert 'id="password-error"' in answer.text


@pytest.fixture
def hashed_outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that the library hashed, each outside of transactions: those refuse to nest."""
    seen: list[str] = []
    library = flask_security.hash_password

    def watched(password: str) -> Any:
        with transaction():
            seen.append(password)
        return library(password)

    monkeypatch.setattr(flask_security, "hash_password", watched)
    return seen


def test_nobody_waits_for_the_hash_of_a_new_persons_password(
    staff: Callable[[str], Browser], hashed_outside: list[str]
) -> None:
    owner = staff("owner")
    hashed_outside.clear()
    form = {"name": "Ірина", "email": "iryna@shop.ua", "roles": "viewer", "password": OTHER_PASSWORD}
    assert owner.post("/admin/staff/new/", data=form).status_code == 303
    assert len(hashed_outside) == 1


def test_nobody_waits_for_the_hash_of_a_given_password(
    staff: Callable[[str], Browser], hashed_outside: list[str]
) -> None:
    owner, account_id = staff("owner"), make_account().id
    hashed_outside.clear()
    assert owner.post(f"/admin/staff/{account_id}/password/", data={"password": OTHER_PASSWORD}).status_code == 303
    assert len(hashed_outside) == 1
