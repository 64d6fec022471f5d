"""Accounts as the owner edits them."""

from collections.abc import Callable

from shop.accounts.models import Account
from shop.db import db
from tests.clients import Browser


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
