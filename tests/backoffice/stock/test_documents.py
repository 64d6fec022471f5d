"""Documents and undoing them."""

from shop.db import db
from shop.stock.models import StockDocument, StockLevel
from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


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
    db.session.rollback()
    assert db.session.scalars(db.select(StockLevel.on_hand)).one() == 50
