"""«Сьогодні»."""

import re

from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_today_counts_what_its_first_line_leads_to(manager: Browser) -> None:
    place, other = make_location(), make_location("Крамниця")
    for number in range(3):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number)
    moved = {"key": "t", "location_id": place.id, "to_location_id": other.id, "edition_id": [3], "quantity": ["1"]}
    assert manager.post("/admin/transfers/", data=moved).status_code == 303
    page = manager.get("/admin/").text
    low = re.search(r'class="n">(\d+)<', page)[1]
    assert 'btn primary" href="/admin/levels/?state=low' in page
    assert page.partition("</main>")[0].count("btn primary") == 1
    listed = manager.get("/admin/levels/?state=low").text
    assert listed.count("<tr>") - 1 == int(low) == 4
    assert manager.get("/admin/movements/?since=0001-01-01").status_code == 200


def test_a_calm_day_says_so_and_offers_to_receive(manager: Browser) -> None:
    manager.post("/admin/checks/run/")
    page = manager.get("/admin/").text
    assert "Нічого не чекає." in page
    assert 'btn primary" href="/admin/receipts/' in page
    assert "Сходиться" in page
