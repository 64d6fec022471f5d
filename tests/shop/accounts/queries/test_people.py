"""Looking accounts up."""

import pytest
from flask import Flask

from shop.accounts import operations, queries
from shop.db import transaction
from tests.factories import AT, SYSTEM, refused
from tests.factories.people import make_account


@pytest.mark.parametrize("spelling", ["olena@shop.example", " OLENA@Shop.Example "])
def test_an_account_is_found_by_any_spelling_of_its_address(app: Flask, spelling: str) -> None:
    account_id = make_account(email="olena@shop.example").id
    assert queries.account_by_email(spelling).id == account_id


def test_whom_nobody_knows_is_not_found(app: Flask) -> None:
    for ask in (lambda: queries.account_by_id(404), lambda: queries.account_by_email("nobody@shop.example")):
        with refused("account_not_found"):
            ask()


def test_who_may_sign_in_comes_first_then_the_names_decide(app: Flask) -> None:
    gone_id = make_account(name="Аліна").id
    for name in ("Ірина", "Богдан"):
        make_account(name=name)
    with transaction():
        operations.deactivate(gone_id, actor=SYSTEM, at=AT)
    everyone = queries.all_accounts()
    assert everyone[-1].name == "Аліна"
    assert {account.name for account in everyone[:2]} == {"Ірина", "Богдан"}
