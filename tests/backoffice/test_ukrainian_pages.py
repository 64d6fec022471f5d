"""Every page, form and refusal in Ukrainian: no English word that nobody translated."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from flask import Flask

from shop.accounts.rules import ROLES
from shop.audit.rules import Actor
from shop.catalog.operations.pricing import reprice
from shop.catalog.rules.prices import Rounding
from shop.db import transaction
from shop.stock import operations as stock
from tests.clients import Browser, browser
from tests.factories import AT, editions_of, key, make_game, make_location, make_stock

SPOKEN = ("alt", "aria-label", "content", "label", "placeholder", "title", "value")
NAMES = {"BoardGameGeek", "EAN", "English", "Enter", "Geekach"}
CODES = re.compile(r"\S+@\S+|https?://\S+|\b[A-Z]{2,}-[\w-]+|/\w[\w/-]*|\b[a-z_]+:[a-z_]+\b|{\w+}")
WORD = re.compile(r"[A-Za-z]{2,}")
MOST_PAGES = 150
ONE_OF_EACH = re.compile(r"\d+|(?<==)[^&]+")


class Spoken(HTMLParser):
    """What a page says to eyes and ears, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read aloud or shown, those of scripts too; a value only where it is a button's."""
        known = {name: value or "" for name, value in attrs}
        self._silent += tag in ("script", "style", "code")
        if tag == "a" and known.get("href", "").startswith("/"):
            self.links.append(known["href"].partition("#")[0])
        for name, value in known.items():
            shown = name in SPOKEN and not (name == "value" and known.get("type") not in ("submit", "button"))
            shown = shown and not (name == "content" and known.get("name") != "description")
            if shown or (name.startswith("data-") and " " in value and not value.startswith("/")):
                self.texts.append(value)

    def handle_endtag(self, tag: str) -> None:
        """The end of what is for programs."""
        self._silent -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._silent:
            self.texts.append(data)


def english_in(page: str) -> set[str]:
    """The English words of a page that are no names and no codes."""
    said = (CODES.sub(" ", text) for text in Spoken(page).texts)
    return {word for text in said for word in WORD.findall(text)} - NAMES


def _pages(client: Browser, beginnings: list[str]) -> Iterator[tuple[str, str]]:
    """The pages that can be reached by links, one of each kind, each as (address, what it holds)."""
    queue, kinds = list(beginnings), set()
    while queue and len(kinds) < MOST_PAGES:
        address = queue.pop(0)
        kind = ONE_OF_EACH.sub("N", address)
        if kind in kinds or address.startswith(("/en/", "/static/")) or "export" in address:
            continue
        kinds.add(kind)
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype == "text/html":
            queue += Spoken(answer.text).links
            yield address, answer.text


@pytest.fixture
def shop(app: Flask, actor: Actor) -> None:
    """A shop in which everything has happened once, without a Latin letter in it."""
    edition, second = (editions_of(make_game(title=title))[0] for title in ("Каркасон", "Азул"))
    places = [make_location(name) for name in ("Склад", "Крамниця")]
    make_stock(edition, places[0], 5)
    make_stock(second, places[0], 1)
    line = [stock.Line(edition.id, 1)]
    common = {"actor": actor, "at": AT}
    with transaction():
        stock.transfer(
            line, from_location_id=places[0].id, to_location_id=places[1].id, reason="полиця", key=key(), **common
        )
    with transaction():
        gone = stock.write_off(line, location_id=places[0].id, reason="розірвана", key=key(), **common)
    with transaction():
        stock.reverse(gone.id, reason="не та коробка", key=key(), **common)
    with transaction():
        prices = {edition.id: edition.price}
        reprice(prices, percent=Decimal("7.5"), rounding=Rounding.NINE, reason="курс", key=key(), **common)


BEGINNINGS = [
    "/admin/",
    "/",
    "/nope",
    "/admin/nope/",
    "/auth/change",
    "/auth/verify",
    "/?q=каркасон",
    "/?players=2&minutes=60&age=8&weight=heavy&price_from=100&price_to=2000,5&available=1&expansions=0",
    *(f"/admin/{screen}/?filters=1" for screen in ("games", "levels", "movements", "audit", "publishers")),
    "/admin/movements/?since=2027-03-01&until=2027-03-02&kind=receipt",
    "/admin/games/?price_from=1000&price_to=2000,50&search=азул&archived=1",
    "/admin/audit/?since=2027-01-01&code=stock.received&sign_ins=with",
    "/admin/holdings/?on=2027-03-01",
    "/admin/why/1/?on=2027-03-01&kind=receipt",
    "/admin/why/1/1/adjust/",
    "/admin/receipts/?edition=1",
    "/admin/find/?q=каркасон",
    "/admin/find/?q=немає",
    "/admin/prices/batches/1/",
    "/admin/documents/999/",
]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [*ROLES, "guest"])
def test_no_page_speaks_english_to_a_ukrainian(app: Flask, staff: Callable[[str], Browser], role: str) -> None:
    client = browser(app) if role == "guest" else staff(role)
    found = {address: english_in(page) for address, page in _pages(client, BEGINNINGS)}
    assert len(found) > 5
    assert {address: words for address, words in found.items() if words} == {}


FORMS = {
    "/admin/games/new/": {"title": "", "editions-0-price": "дорого", "year": "давно", "weight": "9"},
    "/admin/games/edit/?id=1": {"title": "Азул"},
    "/admin/publishers/new/": {"name": ""},
    "/admin/categories/new/": {"name": ""},
    "/admin/locations/new/": {"name": "Склад"},
    "/admin/receipts/": {"location_id": "1"},
    "/admin/receipts/?": {"location_id": "1", "edition_id": "1", "quantity": "багато", "unit_cost": "дорого"},
    "/admin/write-offs/": {"location_id": "1", "edition_id": "1", "quantity": "99", "reason": "зникли", "key": "a"},
    "/admin/transfers/": {"location_id": "1", "to_location_id": "1", "edition_id": "1", "quantity": "1", "key": "b"},
    "/admin/why/1/1/adjust/": {"counted": "-1"},
    "/admin/prices/": {"percent": "сім", "reason": "", "rounding": "nine"},
    "/admin/prices/batches/1/undo/": {"reason": ""},
    "/admin/documents/1/undo/": {"reason": ""},
    "/admin/staff/new/": {"email": "не адреса", "password": "1"},
    "/admin/roles/new/": {"name": ""},
    "/auth/login": {"email": "a", "password": "b"},
}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_no_refusal_speaks_english_to_a_ukrainian(app: Flask, staff: Callable[[str], Browser]) -> None:
    owner = staff("owner")
    found = {}
    for address, sent in FORMS.items():
        client = browser(app) if address.startswith("/auth/") else owner
        answer = client.post(address, data=sent, follow_redirects=True)
        assert answer.status_code < 500
        found[address] = english_in(answer.text)
    assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("listed", ["games", "levels", "movements", "publishers"])
def test_no_export_has_an_english_header(staff: Callable[[str], Browser], listed: str) -> None:
    answer = staff("owner").get(f"/admin/{listed}/export/csv/")
    if answer.status_code == 200:
        assert set(WORD.findall(answer.text.splitlines()[0])) <= NAMES
