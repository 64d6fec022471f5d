"""Many prices at once."""

import re

from shop.catalog.models import Edition
from shop.catalog.operations.publishers import add_publisher
from shop.db import db, transaction
from tests.clients import Browser
from tests.factories import AT, SYSTEM, editions_of, make_game


def _key(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


def test_prices_of_a_publisher_rise_as_previewed_and_go_back(manager: Browser) -> None:
    with transaction():
        publisher_id = add_publisher("Geekach", actor=SYSTEM, at=AT).id
    edition = editions_of(make_game(publisher_id=publisher_id))[0]
    fields = {"publisher": publisher_id, "category": "", "percent": "7", "rounding": "nine", "reason": "курс"}
    page = manager.post("/admin/prices/", data=fields).text
    change = re.search(r'name="change" value="([^"]+)"', page)[1]
    assert change == f"{edition.id}:890.00:949"
    applied = manager.post("/admin/prices/apply/", data=fields | {"change": change, "key": _key(page), "title": "t"})
    assert applied.status_code == 303
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).price == 949
    undo = applied.headers["Location"].rstrip("/") + "/undo/"
    assert manager.post(undo, data={"key": "u", "reason": "помилка"}).status_code == 303
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).price == 890
