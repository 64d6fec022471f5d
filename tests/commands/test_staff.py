"""`flask staff`: the first owner, lost passwords."""

from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask_babel import gettext

from shop.accounts import queries
from shop.audit.models import AuditEntry
from shop.audit.rules import AuditCode
from shop.db import db
from tests.clients import browser
from tests.factories.people import PASSWORD, make_account, role_names

EMAIL = "olena@shop.example"
NEW = "вітрила-під-ковдрою-42"


def _staff(app: Flask, *words: str, typed: str = "") -> Result:
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["staff", *words], input=typed)
    db.session.rollback()
    return result


def _is_refused(result: Result, text: str, **values: Any) -> None:
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, gettext(text, **values))
    assert "Traceback" not in result.output


def test_the_first_owner_is_added_and_signs_in(app: Flask) -> None:
    added = _staff(
        app, "add", "Olena@Shop.example", "--name", "Олена", "--role", "owner", "--password-stdin", typed=f"{NEW}\n"
    )
    assert (added.exit_code, len(added.output.splitlines())) == (0, 1)
    assert NEW not in added.output
    assert role_names(queries.account_by_email(EMAIL).id) == ["owner"]
    assert browser(app).sign_in(EMAIL, NEW).status_code == 302
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.STAFF_ADDED)).one()
    assert (entry.actor_id, entry.actor_name) == (None, gettext("Command line"))


def test_a_password_is_asked_twice_and_never_shown(app: Flask) -> None:
    make_account(email=EMAIL)
    asked = _staff(app, "password", EMAIL, typed=f"{NEW}\n{NEW}\n")
    assert asked.exit_code == 0
    assert NEW not in asked.output
    assert browser(app).sign_in(EMAIL, NEW).status_code == 302
    differs = _staff(app, "password", EMAIL, typed=f"{NEW}\n{NEW}!\n")
    _is_refused(differs, "The two passwords differ.")


def test_a_password_is_never_an_argument(app: Flask) -> None:
    make_account(email=EMAIL)
    assert _staff(app, "password", EMAIL, NEW).exit_code == 2
    assert _staff(app, "password", EMAIL, "--password", NEW).exit_code == 2


@pytest.mark.parametrize("typed", ["short\n", "password123\n", "\n", ""])
def test_the_same_passwords_are_refused_as_on_the_pages(app: Flask, typed: str) -> None:
    make_account(email=EMAIL)
    refused = _staff(app, "password", EMAIL, "--password-stdin", typed=typed)
    assert (refused.exit_code, len(refused.output.splitlines())) == (1, 1)
    assert browser(app).sign_in(EMAIL, PASSWORD).status_code == 302


def test_roles_are_set(app: Flask) -> None:
    make_account("owner")
    account_id = make_account(email=EMAIL).id
    assert _staff(app, "roles", EMAIL, "manager", "translator").exit_code == 0
    assert role_names(account_id) == ["manager", "translator"]
    _is_refused(_staff(app, "roles", EMAIL, "king"), "Choose at least one role out of those that there are.")


def test_an_account_is_deactivated_but_not_the_last_owner(app: Flask) -> None:
    make_account("owner", email="owner@shop.example")
    make_account(email=EMAIL)
    assert _staff(app, "deactivate", EMAIL).exit_code == 0
    assert not queries.account_by_email(EMAIL).active
    last = "This is the last owner. Make somebody else an owner first."
    _is_refused(_staff(app, "deactivate", "owner@shop.example"), last)
    _is_refused(_staff(app, "roles", "owner@shop.example", "viewer"), last)


@pytest.mark.parametrize("command", [["deactivate"], ["roles"], ["password", "--password-stdin"]])
def test_who_is_not_there_is_told_in_one_line(app: Flask, command: list[str]) -> None:
    words = [*command, "nobody@shop.example", *(["viewer"] if command == ["roles"] else [])]
    _is_refused(_staff(app, *words, typed=f"{NEW}\n"), "There is no such account.")


def test_the_list_names_everybody_and_no_secret(app: Flask) -> None:
    make_account("owner", email="owner@shop.example", name="Олена")
    make_account("manager", "translator", email=EMAIL, name="Марко")
    make_account(email="gone@shop.example", name="Ірина")
    _staff(app, "deactivate", "gone@shop.example")
    listed = _staff(app, "list")
    assert listed.output.splitlines() == [
        f"{EMAIL}\tМарко\tmanager, translator\t+",
        "owner@shop.example\tОлена\towner\t+",
        "gone@shop.example\tІрина\tviewer\t-",
    ]
