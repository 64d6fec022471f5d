"""Deeds of the stock through the screens."""

import re
from collections.abc import Callable
from decimal import Decimal

from shop.catalog.models import Edition
from shop.db import db
from shop.stock.models import StockDocument, StockLevel, StockMovement
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


def test_a_mistaken_write_off_is_found_and_undone(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 50)
    fields = {"key": "w", "location_id": place.id, "reason": "?", "edition_id": [edition.id], "quantity": ["3"]}
    assert manager.post("/admin/write-offs/", data=fields).status_code == 303
    why = manager.get(f"/admin/why/{edition.id}/").text
    db.session.rollback()
    document = db.session.scalars(db.select(StockDocument.id).order_by(StockDocument.id.desc())).first()
    assert f"/admin/documents/{document}/#undo" in why
    undone = manager.post(f"/admin/documents/{document}/undo/", data={"key": "u", "reason": "помилка"})
    assert undone.status_code == 303
    assert _level().on_hand == 50


def test_too_few_copies_are_named_and_the_reason_stays_typed(manager: Browser) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    make_stock(edition, place, 1)
    fields = {"key": "w", "location_id": place.id, "reason": "злам", "edition_id": [edition.id], "quantity": ["2"]}
    answer = manager.post("/admin/write-offs/", data=fields)
    assert answer.status_code == 200
    assert "Каркасон" in answer.text
    assert 'value="злам"' in answer.text


def test_an_unknown_barcode_can_be_attached_and_is_known_then(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    unknown = manager.get("/admin/find/code/?q=4820000000123")
    assert unknown.status_code == 404
    attached = manager.post("/admin/find/attach/", data={"edition_id": edition.id, "ean13": "4006381333931"})
    assert attached.status_code == 200
    assert manager.get("/admin/find/code/?q=4006381333931").json["id"] == edition.id
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).ean13 == "4006381333931"
    landed = manager.get("/admin/find/?q=4006381333931")
    assert landed.headers["Location"] == f"/admin/why/{edition.id}/"


def test_the_warehouse_receives_without_seeing_what_copies_cost(staff: Callable[..., Browser]) -> None:
    client = staff("warehouse")
    edition, place = editions_of(make_game(EditionFactsFactory(cost=Decimal("412.37"))))[0], make_location()
    fields = {"key": "k", "location_id": place.id, "edition_id": [edition.id], "quantity": ["2"]}
    answer = client.post("/admin/receipts/", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    assert "824,74" not in answer.text
    assert "412,37" not in client.get(f"/admin/why/{edition.id}/").text
    assert _level().value == Decimal("824.74")


def test_what_was_held_on_a_day_is_shown(manager: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location(), 4)
    assert "Каркасон" in manager.get("/admin/holdings/?on=2027-03-01").text
    assert "Каркасон" not in manager.get("/admin/holdings/?on=2027-02-01").text
    assert manager.get("/admin/holdings/?on=31-31-31").status_code == 200


def test_prices_of_a_publisher_rise_as_previewed_and_go_back(manager: Browser) -> None:
    from shop.catalog.operations.publishers import add_publisher
    from shop.db import transaction
    from tests.factories import AT, SYSTEM

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


def test_a_refused_barcode_is_told_to_the_script_that_asked(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    fields = {"edition_id": edition.id, "ean13": "4820000000001"}
    answer = manager.post("/admin/find/attach/", data=fields, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["code"] == "ean13_wrong"


def test_today_counts_what_its_cards_lead_to(manager: Browser) -> None:
    place, other = make_location(), make_location("Крамниця")
    for number in range(3):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number)
    moved = {"key": "t", "location_id": place.id, "to_location_id": other.id, "edition_id": [3], "quantity": ["1"]}
    assert manager.post("/admin/transfers/", data=moved).status_code == 303
    page = manager.get("/admin/").text
    low = re.search(r'state=low"><strong>(\d+)<', page)[1]
    listed = manager.get("/admin/levels/?state=low").text
    assert listed.count("<tr>") - 1 == int(low) == 4
    assert manager.get("/admin/movements/?since=0001-01-01").status_code == 200
