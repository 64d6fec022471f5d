"""The roles, and composing them; it asks for the password again after a while."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from backoffice.fields import Boxes
from backoffice.forms import RowForm
from backoffice.lists import Column, ListState
from backoffice.tables import Table
from shop.accounts import operations, queries
from shop.accounts.models import Role
from shop.accounts.rules import NEEDS, OWNER, Permission
from shop.audit.rules import Actor
from shop.errors import N_
from shop.paging import Page
from web.labels import choices, role_label


class RoleForm(RowForm):
    """A role composed of permissions."""

    name = StringField(_l("Name"))
    permissions = Boxes(_l("What it permits"), choices=lambda: choices(Permission))


class Roles(Table):
    """The roles, and composing them."""

    category = N_("Staff")
    icon = "staff"
    title = N_("Roles")
    permissions = {
        "index_view": Permission.ROLE_WRITE,
        "create_view": Permission.ROLE_WRITE,
        "edit_view": Permission.ROLE_WRITE,
        "delete_view": Permission.ROLE_WRITE,
    }
    asks_again = ("create_view", "edit_view", "delete_view")
    form_class = RoleForm
    new_heading = N_("A new role")
    create_template = edit_template = "backoffice/staff/role.html"
    columns: ClassVar[Sequence[Column]] = (
        Column(N_("Role")),
        Column(N_("What it permits")),
        Column(N_("People"), css="num"),
        Column(""),
    )
    list_template = "backoffice/staff/roles.html"
    row_template = "backoffice/staff/roles_rows.html"
    add_label = N_("Create a role")

    def rows(self, state: ListState) -> Page[Role]:
        """Every role."""
        roles = queries.all_roles()
        return Page(roles, len(roles), 0, max(len(roles), 1))

    def beside(self, page: Page[Role]) -> dict[str, Any]:
        """How many people have each."""
        return {"people": {each.role.id: each.people for each in queries.roles_with_people()}, "all": len(Permission)}

    def row(self, row_id: int) -> Role:
        """A role."""
        return queries.role_by_id(row_id)

    def name_of(self, model: Role) -> str:
        """A built-in role in words."""
        return role_label(model.name)

    def form_data(self, model: Role) -> dict[str, Any]:
        """Its name and what it permits; the owner's permits everything."""
        permits = list(Permission) if model.name == OWNER else model.permissions
        return {"version": model.version, "name": model.name, "permissions": permits}

    def beside_form(self, form: Any, model: Role | None) -> dict[str, Any]:
        """What each permission needs."""
        needs = {each.value: sorted(needed) for each, needed in NEEDS.items()}
        return super().beside_form(form, model) | {"needs": needs}

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Role:
        """Compose a role."""
        return operations.add_role(form.name.data or "", permissions=_permissions(form), actor=actor, at=at)

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Role:
        """Change what a role permits."""
        name = form.name.data or queries.role_by_id(row_id).name
        version, permissions = form.version.data, _permissions(form)
        return operations.change_role(row_id, name=name, permissions=permissions, version=version, actor=actor, at=at)

    def remove(self, row_id: int, *, actor: Actor, at: datetime) -> None:
        """Delete a role that nobody has."""
        operations.remove_role(row_id, actor=actor, at=at)


def _permissions(form: RoleForm) -> list[Permission]:
    return [Permission(value) for value in form.permissions.data or []]
