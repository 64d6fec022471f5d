"""What the pages of accounts look like to a browser: one language, no inline code, names for password managers."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.db import transaction
from tests.clients import another_app, browser
from tests.factories.people import PASSWORD, make_account
from web.passwords import new_password

EMAIL = "olena@shop.example"


class _Tags(HTMLParser):
    """Every opening tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def _page(app: Flask, path: str) -> str:
    make_account(email=EMAIL)
    client = browser(app)
    if path != "/auth/login":
        client.sign_in(EMAIL, PASSWORD)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", ["/auth/login", "/auth/verify", "/auth/change"])
def test_a_page_obeys_its_own_policy_and_asks_no_other_site(app: Flask, path: str) -> None:
    for tag, attributes in _Tags(_page(app, path)).tags:
        assert tag != "style"
        assert tag != "script"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "action"):
            assert not re.match(r"(https?:)?//|javascript:", attributes.get(name) or "")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/auth/login", {"email": "username", "password": "current-password"}),
        ("/auth/verify", {"password": "current-password"}),
        (
            "/auth/change",
            {
                "password": "current-password",
                "new_password": "new-password",
                "new_password_confirm": "new-password",
            },
        ),
    ],
)
def test_fields_have_labels_and_tell_password_managers_what_they_are(
    app: Flask, path: str, names: dict[str, str]
) -> None:
    page = _Tags(_page(app, path))
    fields = {str(field.get("name")): field for field in page.named("input") if field.get("type") != "hidden"}
    assert {name: fields[name]["autocomplete"] for name in names} == names
    labelled = {label.get("for") for label in page.named("label")}
    assert {fields[name]["id"] for name in names} <= labelled


def test_an_error_stands_beside_its_field_and_the_address_stays(app: Flask) -> None:
    answer = browser(app).sign_in("not-an-address", "")
    page = _Tags(answer.text)
    assert 'value="not-an-address"' in answer.text
    assert page.named("input")
    assert 'role="alert"' in answer.text or 'class="error"' in answer.text
    for field in page.named("input"):
        if "aria-invalid" in field:
            for described in str(field["aria-describedby"]).split():
                assert f'id="{described}"' in answer.text
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_an_error_of_a_new_password_is_tied_to_its_field(app: Flask) -> None:
    make_account(email=EMAIL)
    client = browser(app)
    client.sign_in(EMAIL, PASSWORD)
    form = {"password": PASSWORD, "new_password": "short", "new_password_confirm": "short"}
    text = client.post("/auth/change", data=form).text
    field = next(each for each in _Tags(text).named("input") if each.get("name") == "new_password")
    assert field["aria-invalid"] == "true"
    for described in str(field["aria-describedby"]).split():
        assert f'id="{described}"' in text


def test_demo_sign_ins_are_shown_in_the_demo_only_and_only_while_they_work(app: Flask) -> None:
    account_id = make_account("owner", email="owner@demo.example").id
    with another_app(app, DEMO=True) as demo:
        assert "demo.example" not in browser(demo).get("/auth/login").text
        with transaction():
            accounts.set_demo_password(account_id, new_password("komora-demo-2026"))
        page = browser(demo).get("/auth/login").text
        assert "owner@demo.example" in page
        assert demo.config["DEMO_PASSWORD"] in page
    assert "demo.example" not in browser(app).get("/auth/login").text
