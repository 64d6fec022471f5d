"""Deeds of the stock through the screens."""

import re
from collections.abc import Callable
from decimal import Decimal

from shop.db import db
from shop.stock.models import StockLevel, StockMovement
from tests.clients import Browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock


def _level() -> StockLevel:
    db.session.rollback()
    return db.session.scalars(db.select(StockLevel)).one()


def _key(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


def test_a_delivery_is_received_once_however_often_the_form_is_sent(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    page = manager.get("/admin/receipts/").text
    fields = {
        "key": _key(page),
        "location_id": place.id,
        "reference": "Накладна 7",
        "edition_id": [edition.id],
        "quantity": ["24"],
        "unit_cost": ["412,50"],
    }
    for _ in range(2):
        answer = manager.post("/admin/receipts/", data=fields)
        assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/admin/documents/")
    assert (_level().on_hand, _level().value) == (24, Decimal(9900))


def test_a_quantity_that_cannot_be_read_keeps_what_was_typed(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    fields = {"key": "k", "location_id": place.id, "edition_id": [edition.id], "quantity": ["два"], "unit_cost": [""]}
    answer = manager.post("/admin/receipts/", data=fields)
    assert answer.status_code == 200
    assert "два" in answer.text
    assert "Каркасон" in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 0


def test_too_few_copies_are_named_and_the_reason_stays_typed(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    make_stock(edition, place, 1)
    fields = {"key": "w", "location_id": place.id, "reason": "злам", "edition_id": [edition.id], "quantity": ["2"]}
    answer = manager.post("/admin/write-offs/", data=fields)
    assert answer.status_code == 200
    assert "Каркасон" in answer.text
    assert 'value="злам"' in answer.text


def test_the_warehouse_receives_without_seeing_what_copies_cost(staff: Callable[..., Browser]) -> None:
    client = staff("warehouse")
    edition, place = editions_of(make_game(EditionFactsFactory(cost=Decimal("412.37"))))[0], make_location()
    fields = {"key": "k", "location_id": place.id, "edition_id": [edition.id], "quantity": ["2"]}
    answer = client.post("/admin/receipts/", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    assert "824,74" not in answer.text
    assert "412,37" not in client.get(f"/admin/why/{edition.id}/").text
    assert _level().value == Decimal("824.74")


def test_in_a_document_of_a_hundred_lines_each_refusal_stands_beside_its_line(manager: Browser) -> None:
    place = make_location()
    editions = [editions_of(make_game(title=f"Гра {number:03}"))[0] for number in range(100)]
    for edition in editions:
        make_stock(edition, place, 2)
    ids, quantities = [edition.id for edition in editions], ["1"] * 100
    quantities[7] = quantities[93] = "3"
    fields = {"key": "t", "location_id": place.id, "reason": "злам", "edition_id": ids, "quantity": quantities}
    page = manager.post("/admin/write-offs/", data=fields).text
    summary = page[page.index('class="flash bad refused"') :].partition("</div>")[0]
    assert 'tabindex="-1" autofocus' in summary
    assert "не можна провести 2 рядки" in summary
    links = re.findall(r'href="#(line-\d+)">([^<]+)</a>: ([^<]+)<', summary)
    assert links == [
        (f"line-{ids[7]}", "Гра 007", "Можна взяти щонайбільше 2."),
        (f"line-{ids[93]}", "Гра 093", "Можна взяти щонайбільше 2."),
    ]
    for anchor, _, _ in links:
        assert f'id="{anchor}"' in page
        assert f'id="{anchor}-error"' in page


def test_nothing_is_booked_while_a_code_waits_and_nothing_of_it_is_lost(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    fields = {
        "key": "k",
        "location_id": place.id,
        "reference": "Накладна 7",
        "edition_id": [edition.id],
        "quantity": ["24"],
        "waiting_code": ["4820216010374"],
        "waiting_quantity": ["12"],
    }
    page = manager.post("/admin/receipts/", data=fields)
    assert page.status_code == 200
    for kept in ("Каркасон", 'value="24"', "4820216010374", 'value="12"', "Накладна 7", 'value="k"'):
        assert kept in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 0


def test_a_code_recognised_only_now_is_looked_at_before_it_is_booked(manager: Browser) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(ean13="4006381333931")))[0], make_location()
    fields = {"key": "k", "location_id": place.id, "waiting_code": "4006381333931", "waiting_quantity": "2"}
    page = manager.post("/admin/receipts/", data=fields)
    assert page.status_code == 200
    assert f'name="edition_id" value="{edition.id}"' in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 0


def test_a_form_sent_after_the_session_ended_leads_to_the_sign_in_and_back(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    manager.post("/auth/logout")
    fields = {"key": "k", "location_id": place.id, "edition_id": [edition.id], "quantity": ["2"]}
    answer = manager.post("/admin/receipts/", data=fields)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/auth/login?next=/admin/receipts/"
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 0


def test_after_booking_more_is_received_first_and_undoing_stands_apart(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    fields = {"key": "k", "location_id": place.id, "edition_id": [edition.id], "quantity": ["24"]}
    page = manager.post("/admin/receipts/", data=fields, follow_redirects=True).text
    assert "Прийнято 24 примірники" in page
    assert re.search(r'class="btn primary"[^>]*>Прийняти ще<', page)
    assert 'data-booked-key="k"' in page
