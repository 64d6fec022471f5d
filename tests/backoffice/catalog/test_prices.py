"""Many prices at once."""

import re
from html import unescape

from shop.catalog.models import Edition
from shop.catalog.operations.publishers import add_publisher
from shop.db import db, transaction
from tests.clients import Browser
from tests.factories import AT, SYSTEM, editions_of, make_game


def _key(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


def _previewed(page: str) -> str:
    return unescape(re.search(r'name="previewed" value="([^"]+)"', page)[1])


def test_prices_of_a_publisher_rise_as_previewed_and_go_back(manager: Browser) -> None:
    with transaction():
        publisher_id = add_publisher("Geekach", actor=SYSTEM, at=AT).id
    edition = editions_of(make_game(publisher_id=publisher_id))[0]
    fields = {"publisher": publisher_id, "category": "", "percent": "7", "rounding": "nine", "reason": "курс"}
    page = manager.post("/admin/prices/", data=fields).text
    assert re.search(r'name="seen" value="([^"]+)"', page)[1] == f"{edition.id}:890.00"
    seen = {"seen": f"{edition.id}:890.00", "key": _key(page), "previewed": _previewed(page)}
    applied = manager.post("/admin/prices/apply/", data=fields | seen)
    assert applied.status_code == 303
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).price == 949
    undo = applied.headers["Location"].rstrip("/") + "/undo/"
    assert manager.post(undo, data={"key": "u", "reason": "помилка"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).price == 890


def test_another_percent_after_the_preview_is_previewed_before_anything_changes(manager: Browser) -> None:
    with transaction():
        publisher_id = add_publisher("Geekach", actor=SYSTEM, at=AT).id
    edition_id = editions_of(make_game(publisher_id=publisher_id))[0].id
    fields = {"publisher": publisher_id, "category": "", "percent": "7", "rounding": "nine", "reason": "курс"}
    page = manager.post("/admin/prices/", data=fields).text
    seen = {"seen": f"{edition_id}:890.00", "key": _key(page), "previewed": _previewed(page)}
    again = manager.post("/admin/prices/apply/", data=fields | seen | {"percent": "20"})
    assert again.status_code == 200
    assert "Умови змінено після перегляду" in again.text
    assert "1\N{NO-BREAK SPACE}069" in again.text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    db.session.rollback()
    assert db.session.get_one(Edition, edition_id).price == 890


def test_a_price_typed_into_the_form_by_hand_is_not_believed(manager: Browser) -> None:
    with transaction():
        publisher_id = add_publisher("Geekach", actor=SYSTEM, at=AT).id
    edition_id = editions_of(make_game(publisher_id=publisher_id))[0].id
    fields = {"publisher": publisher_id, "category": "", "percent": "7", "rounding": "nine", "reason": "курс"}
    page = manager.post("/admin/prices/", data=fields).text
    forged = {"seen": f"{edition_id}:9345.00", "key": _key(page), "previewed": _previewed(page)}
    assert manager.post("/admin/prices/apply/", data=fields | forged).status_code == 200
    db.session.rollback()
    assert db.session.get_one(Edition, edition_id).price == 890


def test_a_percent_that_cannot_be_is_refused_beside_its_field(manager: Browser) -> None:
    fields = {"publisher": "", "category": "", "percent": "1000", "rounding": "nine", "reason": "курс"}
    assert "−90" in manager.post("/admin/prices/", data=fields).text
