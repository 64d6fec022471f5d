"""Staff and their roles; adding and changing them asks for the password again after a while."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from backoffice.base import now, number_in
from backoffice.forms.fields import NumberField, Required
from backoffice.tables import Column, ListState, Table
from shop.accounts import operations, queries
from shop.accounts.models import Account, Role
from shop.accounts.rules import OWNER, Permission
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor, fresh_sign_in_required, hash_password
from web.labels import choices, role_label


class Boxes(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False, html_tag="ul")
    option_widget = CheckboxInput()


class StaffForm(FlaskForm):
    """An account."""

    version = NumberField()
    name = StringField(_l("Full name"), [Required()])
    email = StringField(_l("E-mail"), [Required()], render_kw={"type": "email", "autocomplete": "off"})
    roles = Boxes(_l("Roles"), choices=lambda: [(r.name, role_label(r.name)) for r in queries.all_roles()])


class NewStaffForm(StaffForm):
    """A new account with its first password."""

    password = PasswordField(
        _l("Password"),
        [Required()],
        description=_l("At least 10 characters. Several words that don’t belong together are the best."),
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(FlaskForm):
    """A new password for somebody."""

    password = PasswordField(
        _l("New password"),
        [Required()],
        description=_l("At least 10 characters. Several words that don’t belong together are the best."),
        render_kw={"autocomplete": "new-password"},
    )


class RoleForm(FlaskForm):
    """A role composed of permissions."""

    name = StringField(_l("Name"))
    permissions = Boxes(_l("What it permits"), choices=lambda: choices(Permission))


class Staff(Table):
    """The accounts."""

    section = "staff"
    title = N_("Staff")
    permissions = {
        "index_view": Permission.STAFF_WRITE,
        "create_view": Permission.STAFF_WRITE,
        "edit_view": Permission.STAFF_WRITE,
        "password": Permission.STAFF_WRITE,
        "deactivate": Permission.STAFF_WRITE,
        "restore": Permission.STAFF_WRITE,
    }
    columns: ClassVar[Sequence[Column]] = (
        Column(N_("Full name")),
        Column(N_("Roles")),
        Column(N_("State")),
        Column(""),
    )
    row_template = "backoffice/rows/staff.html"
    add_label = N_("Add an account")

    def rows(self, state: ListState) -> Page[Account]:
        """Everyone."""
        accounts = queries.all_accounts()
        return Page(accounts, len(accounts), 0, max(len(accounts), 1))

    @expose("/new/", methods=("GET", "POST"))
    @fresh_sign_in_required
    def create_view(self) -> Response | str:
        """Add an account."""
        form = NewStaffForm()
        if form.validate_on_submit():
            added = self.attempt(
                form,
                lambda: operations.add_staff(
                    form.email.data or "",
                    name=form.name.data or "",
                    password=form.password.data or "",
                    roles=form.roles.data or [],
                    hashed=hash_password,
                    actor=current_actor(),
                    at=now(),
                ),
            )
            if added is not None:
                flash(gettext("“%(name)s” is added.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
        return str(self.render("backoffice/person.html", form=form, heading=gettext("A new account"), account=None))

    @expose("/edit/", methods=("GET", "POST"))
    @fresh_sign_in_required
    def edit_view(self) -> Response | str:
        """Change name, e-mail and roles."""
        account = queries.account_by_id(number_in(request.args.get("id", "")) or 0)
        stored = {"version": account.version, "name": account.name, "email": account.email}
        form = StaffForm(data=stored | {"roles": [role.name for role in account.roles]})
        if form.validate_on_submit():
            changed = self.attempt(
                form,
                lambda: operations.change_staff(
                    account.id,
                    email=form.email.data or "",
                    name=form.name.data or "",
                    roles=form.roles.data or [],
                    version=form.version.data,
                    actor=current_actor(),
                    at=now(),
                ),
            )
            if changed is not None:
                flash(gettext("“%(name)s” is saved.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
            account = queries.account_by_id(account.id)
            form.version.data = account.version
        return str(self.render("backoffice/person.html", form=form, heading=account.name, account=account))

    @expose("/<int(max=2147483647):account_id>/password/", methods=("GET", "POST"))
    @fresh_sign_in_required
    def password(self, account_id: int) -> Response | str:
        """Give somebody a new password."""
        account = queries.account_by_id(account_id)
        form = PasswordForm()
        if form.validate_on_submit():
            done = self.attempt(
                form,
                lambda: operations.set_password(
                    account_id, form.password.data or "", hashed=hash_password, actor=current_actor(), at=now()
                ),
            )
            if done is not None:
                flash(gettext("The password is changed."), "ok")
                return redirect(self.get_url(".index_view"), 303)
        heading = gettext("A new password for %(name)s", name=account.name)
        return str(self.render("backoffice/simple_form.html", form=form, heading=heading))

    @expose("/<int(max=2147483647):account_id>/deactivate/", methods=("POST",))
    @fresh_sign_in_required
    def deactivate(self, account_id: int) -> Response:
        """Let somebody sign in no more."""
        with transaction():
            operations.deactivate(account_id, actor=current_actor(), at=now())
        flash(gettext("The account is deactivated."), "ok")
        return redirect(self.get_url(".index_view"), 303)

    @expose("/<int(max=2147483647):account_id>/restore/", methods=("POST",))
    @fresh_sign_in_required
    def restore(self, account_id: int) -> Response:
        """Let somebody sign in again."""
        with transaction():
            operations.restore(account_id, actor=current_actor(), at=now())
        flash(gettext("The account is restored."), "ok")
        return redirect(self.get_url(".index_view"), 303)


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
    list_template = "backoffice/roles.html"
    row_template = "backoffice/rows/roles.html"
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
        return str(self.render("backoffice/role.html", form=form, heading=gettext("A new role"), role=None))

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
        return str(self.render("backoffice/role.html", form=form, heading=role_label(role.name), role=role))

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
