"""Roles as the owner composes them."""

from collections.abc import Callable

from shop.accounts.models import Role
from shop.db import db
from tests.clients import Browser


def _role(name: str) -> Role | None:
    db.session.rollback()
    return db.session.scalar(db.select(Role).where(Role.name == name))


def test_a_role_is_composed_changed_and_deleted(staff: Callable[..., Browser]) -> None:
    owner = staff("owner")
    fields = {"name": "Бухгалтер", "permissions": ["report:read"]}
    assert owner.post("/admin/roles/new/", data=fields).status_code == 303
    role = _role("Бухгалтер")
    changed = fields | {"permissions": ["report:read", "cost:read"], "version": getattr(role, "version", 0)}
    assert owner.post(f"/admin/roles/edit/?id={role.id}", data=changed).status_code == 303
    assert _role("Бухгалтер").permissions == ["cost:read", "report:read"]
    assert owner.post("/admin/roles/delete/", data={"id": role.id}).status_code == 303
    assert _role("Бухгалтер") is None


def test_a_built_in_role_is_called_in_words(staff: Callable[..., Browser]) -> None:
    assert "власник" in staff("owner").get("/admin/roles/").text


def test_the_editor_says_what_a_permission_needs_and_refuses_it_alone(staff: Callable[..., Browser]) -> None:
    owner = staff("owner")
    page = owner.get("/admin/roles/new/").text
    assert 'data-needs="catalog:read stock:read"' in page
    assert "потрібно ще:" in page
    sent = owner.post("/admin/roles/new/", data={"key": "k", "name": "Ціни", "permissions": ["price:write"]})
    assert sent.status_code == 200
    assert 'id="permissions-error"' in sent.text
    allowed = {"key": "k", "name": "Ціни", "permissions": ["price:write", "catalog:read"]}
    assert owner.post("/admin/roles/new/", data=allowed).status_code == 303
