"""Changing one's own password, and being asked for it again before a dangerous deed."""

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask_babel import gettext

from shop.audit.models import AuditEntry
from shop.audit.rules import AuditCode
from shop.db import db
from tests.clients import Browser, another_app, browser
from tests.factories.people import PASSWORD, make_account
from web.accounts import FRESH_MINUTES, current_actor, fresh_sign_in_required

EMAIL = "olena@shop.example"
NEW = "вітрила-під-ковдрою-42"
WEAK = "This password is easily guessed. Take several words that don’t belong together."


@pytest.fixture
def client(app: Flask) -> Browser:
    make_account("owner", email=EMAIL, name="Олена")
    visitor = browser(app)
    visitor.sign_in(EMAIL, PASSWORD)
    return visitor


def _change(client: Browser, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> int:
    form = {"password": old, "new_password": new, "new_password_confirm": new if again is None else again}
    return client.post("/auth/change", data=form).status_code


def _written() -> list[tuple[AuditCode, str]]:
    db.session.rollback()
    entries = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.STAFF_PASSWORD_SET))
    return [(entry.code, entry.actor_name) for entry in entries]


def test_a_changed_password_is_the_one_that_opens(app: Flask, client: Browser) -> None:
    assert _change(client) == 303
    assert _written() == [(AuditCode.STAFF_PASSWORD_SET, "Олена")]
    assert browser(app).sign_in(EMAIL, PASSWORD).status_code == 200
    assert browser(app).sign_in(EMAIL, NEW).status_code == 302


def test_changing_the_password_ends_all_other_sessions_but_not_this_one(app: Flask, client: Browser) -> None:
    elsewhere = browser(app)
    elsewhere.sign_in(EMAIL, PASSWORD, remember="y")
    assert elsewhere.is_signed_in()
    _change(client)
    assert client.is_signed_in()
    assert not elsewhere.is_signed_in()


def test_who_is_remembered_stays_remembered(app: Flask, client: Browser) -> None:
    client.post("/auth/logout")
    client.sign_in(EMAIL, PASSWORD, remember="y")
    _change(client)
    client.delete_cookie("komora")
    assert client.is_signed_in()


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", NEW, NEW),
        ("", NEW, NEW),
        (PASSWORD, NEW, NEW + "!"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, "йцукенйцукен", "йцукенйцукен"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "", ""),
    ],
)
def test_a_change_that_is_not_right_changes_nothing(
    app: Flask, client: Browser, old: str, new: str, again: str
) -> None:
    assert _change(client, old, new, again) == 200
    assert _written() == []
    assert browser(app).sign_in(EMAIL, PASSWORD).status_code == 302


def test_a_weak_password_is_refused_in_our_own_words(client: Browser) -> None:
    form = {"password": PASSWORD, "new_password": "password123", "new_password_confirm": "password123"}
    text = client.post("/auth/change", data=form).text
    assert gettext(WEAK) in text
    for advice in ("common password", "Add another word", "keyboard", "Repeats like"):
        assert advice not in text


def test_a_signed_out_person_changes_no_password(app: Flask, client: Browser) -> None:
    assert _change(browser(app)) == 302
    assert _written() == []


@pytest.fixture
def dangerous(app: Flask) -> Iterator[Browser]:
    """Somebody signed in where there is a dangerous deed; the deed answers with its doer's name."""
    make_account("owner", email=EMAIL, name="Олена")
    with another_app(app) as other:

        @other.route("/admin/dangerous", methods=["GET", "POST"])
        @fresh_sign_in_required
        def dangerous() -> str:
            return current_actor().name

        visitor = browser(other)
        visitor.sign_in(EMAIL, PASSWORD)
        yield visitor


def _hours_pass(client: Browser, hours: float) -> None:
    with client.session_transaction("/auth/login") as session:
        session["fs_paa"] = time.time() - hours * 3600
        session.pop("fs_gexp", None)


def _next_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["next"][0]


def test_soon_after_signing_in_a_dangerous_deed_just_happens(dangerous: Browser) -> None:
    assert dangerous.get("/admin/dangerous").text == "Олена"
    _hours_pass(dangerous, (FRESH_MINUTES - 1) / 60)
    assert dangerous.post("/admin/dangerous").text == "Олена"


def test_later_the_password_is_asked_and_the_deed_goes_on(dangerous: Browser) -> None:
    _hours_pass(dangerous, 2)
    asked = dangerous.get("/admin/dangerous?id=4")
    assert asked.status_code == 302
    assert urlsplit(asked.headers["Location"]).path == "/auth/verify"
    assert dangerous.get(asked.headers["Location"]).status_code == 200
    assert dangerous.post(asked.headers["Location"], data={"password": "wrong"}).status_code == 200
    assert dangerous.get("/admin/dangerous").status_code == 302
    back = dangerous.post(asked.headers["Location"], data={"password": PASSWORD})
    assert urlsplit(back.headers["Location"]).path == "/admin/dangerous"
    assert dangerous.get("/admin/dangerous").text == "Олена"


def test_a_form_that_was_sent_too_late_leads_back_to_its_page(dangerous: Browser) -> None:
    _hours_pass(dangerous, 2)
    page = "http://localhost/admin/staff/?q=1"
    asked = dangerous.post("/admin/dangerous", headers={"Referer": page})
    assert (asked.status_code, _next_of(asked.headers["Location"])) == (303, "/admin/staff/?q=1")


@pytest.mark.parametrize("page", ["https://evil.example/admin/staff/", "", "http://localhost//evil.example"])
def test_but_never_to_another_site(dangerous: Browser, page: str) -> None:
    _hours_pass(dangerous, 2)
    asked = dangerous.post("/admin/dangerous", headers={"Referer": page})
    assert _next_of(asked.headers["Location"]) == "/admin/"


def test_a_program_is_told_so(dangerous: Browser) -> None:
    _hours_pass(dangerous, 2)
    answer = dangerous.post("/admin/dangerous", json={})
    assert (answer.status_code, answer.json["response"]["reauth_required"]) == (401, True)


def test_without_a_sign_in_there_is_no_doer(app: Flask) -> None:
    with another_app(app) as other:
        other.add_url_rule("/admin/who", view_func=lambda: current_actor().name)
        assert browser(other).get("/admin/who").status_code == 401
