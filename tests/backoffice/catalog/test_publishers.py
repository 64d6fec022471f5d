"""Publishers as the staff edit them."""

from shop.catalog.models import Publisher
from shop.db import db
from tests.clients import Browser


def _names() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(db.select(Publisher.name)))


def test_a_name_like_another_one_needs_a_second_yes(manager: Browser) -> None:
    manager.post("/admin/publishers/new/", data={"name": "Geekach"})
    asked = manager.post("/admin/publishers/new/", data={"name": "Geekach Games"})
    assert asked.status_code == 200
    assert "Geekach" in asked.text
    assert _names() == ["Geekach"]
    sure = {"name": "Geekach Games", "sure": "Geekach Games"}
    assert manager.post("/admin/publishers/new/", data=sure).status_code == 303
    assert _names() == ["Geekach", "Geekach Games"]


def test_a_publisher_without_games_is_deleted(manager: Browser) -> None:
    manager.post("/admin/publishers/new/", data={"name": "Geekach"})
    publisher_id = db.session.scalars(db.select(Publisher.id)).one()
    assert manager.post("/admin/publishers/delete/", data={"id": publisher_id}).status_code == 303
    assert _names() == []
