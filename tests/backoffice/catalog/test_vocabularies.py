"""Categories and mechanics as the staff edit them."""

from shop.catalog.models import Category
from shop.db import db
from tests.clients import Browser


def test_a_category_is_added_renamed_found_and_deleted(manager: Browser) -> None:
    manager.post("/admin/categories/new/", data={"name": "Стратегія", "name_en": "Strategy"})
    category = db.session.scalars(db.select(Category)).one()
    fields = {"version": category.version, "name": "Стратегічна", "name_en": "Strategy"}
    assert manager.post(f"/admin/categories/edit/?id={category.id}", data=fields).status_code == 303
    assert manager.get("/admin/categories/lookup/?q=стратег").json == [{"id": category.id, "text": "Стратегічна"}]
    assert manager.post("/admin/categories/delete/", data={"id": category.id}).status_code == 303
    assert manager.get("/admin/categories/lookup/?q=стратег").json == []
