"""The roles, and composing them; it asks for the password again after a while."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField

from backoffice.base import now, number_in
from backoffice.fields import Boxes
from backoffice.tables import Column, ListState, Table
from shop.accounts import operations, queries
from shop.accounts.models import Role
from shop.accounts.rules import OWNER, Permission
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor, fresh_sign_in_required
from web.labels import choices, role_label


class RoleForm(FlaskForm):
    """A role composed of permissions."""

    name = StringField(_l("Name"))
    permissions = Boxes(_l("What it permits"), choices=lambda: choices(Permission))


class Roles(Table):
    """The roles, and composing them."""

    section = "staff"
    title = N_("Roles")
    permissions = {
        "index_view": Permission.ROLE_WRITE,
        "create_view": Permission.ROLE_WRITE,
        "edit_view": Permission.ROLE_WRITE,
        "delete_view": Permission.ROLE_WRITE,
    }
    columns: ClassVar[Sequence[Column]] = (
        Column(N_("Role")),
        Column(N_("What it permits")),
        Column(N_("People"), css="num"),
        Column(""),
    )
    list_template = "backoffice/staff/roles.html"
    row_template = "backoffice/staff/roles_rows.html"
    add_label = N_("Compose a role")

    def rows(self, state: ListState) -> Page[Role]:
        """Every role."""
        roles = queries.all_roles()
        return Page(roles, len(roles), 0, max(len(roles), 1))

    def beside(self, page: Page[Role]) -> dict[str, Any]:
        """How many people have each."""
        return {"people": {each.role.id: each.people for each in queries.roles_with_people()}, "all": len(Permission)}

    @expose("/new/", methods=("GET", "POST"))
    @fresh_sign_in_required
    def create_view(self) -> Response | str:
        """Compose a role."""
        form = RoleForm()
        if form.validate_on_submit():
            added = self.attempt(
                form,
                lambda: operations.add_role(
                    form.name.data or "", permissions=_permissions(form), actor=current_actor(), at=now()
                ),
            )
            if added is not None:
                flash(gettext("“%(name)s” is added.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
        return str(self.render("backoffice/staff/role.html", form=form, heading=gettext("A new role"), role=None))

    @expose("/edit/", methods=("GET", "POST"))
    @fresh_sign_in_required
    def edit_view(self) -> Response | str:
        """Change what a role permits."""
        role = queries.role_by_id(number_in(request.args.get("id", "")) or 0)
        stored = {"name": role.name, "permissions": list(Permission) if role.name == OWNER else role.permissions}
        form = RoleForm(data=stored)
        if form.validate_on_submit():
            changed = self.attempt(
                form,
                lambda: operations.change_role(
                    role.id,
                    name=form.name.data or role.name,
                    permissions=_permissions(form),
                    actor=current_actor(),
                    at=now(),
                ),
            )
            if changed is not None:
                flash(gettext("“%(name)s” is saved.", name=role_label(changed.name)), "ok")
                return redirect(self.get_url(".index_view"), 303)
        return str(self.render("backoffice/staff/role.html", form=form, heading=role_label(role.name), role=role))

    @expose("/delete/", methods=("POST",))
    @fresh_sign_in_required
    def delete_view(self) -> Response:
        """Delete a role that nobody has."""
        with transaction():
            operations.remove_role(number_in(request.form.get("id", "")) or 0, actor=current_actor(), at=now())
        flash(gettext("It is deleted."), "ok")
        return redirect(self.get_url(".index_view"), 303)


def _permissions(form: RoleForm) -> list[Permission]:
    return [Permission(value) for value in form.permissions.data or []]
