"""«Why is it 47 here?» and «Counted otherwise» through the screens."""

import re
from collections.abc import Callable
from decimal import Decimal

from shop.db import db
from shop.stock.models import StockLevel
from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_what_was_counted_is_set(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    address = f"/admin/why/{edition.id}/{place.id}/adjust/"
    key = re.search(r'name="key"[^>]*value="([^"]+)"', manager.get(address).text)[1]
    fields = {"key": key, "seen": "10", "counted": "7", "reason": "перелік"}
    for _ in range(2):
        answer = manager.post(address, data=fields)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/documents/2/")
    again = manager.post(address, data=fields | {"counted": "6"})
    assert again.status_code == 200
    db.session.rollback()
    assert db.session.scalars(db.select(StockLevel.on_hand)).one() == 7


def test_only_those_who_may_see_costs_see_what_copies_are_worth(staff: Callable[..., Browser]) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 3, Decimal("411.37"))
    pages = [f"/admin/why/{edition.id}/", "/admin/documents/1/"]
    for role, shown in (("manager", True), ("warehouse", False)):
        client = staff(role)
        for page in pages:
            assert ("1 234,11" in client.get(page).text.replace("\xa0", " ").replace("\u202f", " ")) is shown
