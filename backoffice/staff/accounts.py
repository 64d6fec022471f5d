"""The accounts of the staff; adding and changing them asks for the password again after a while."""

from collections.abc import Sequence
from typing import ClassVar

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from backoffice.base import now, number_in
from backoffice.fields import Boxes, NumberField, Required
from backoffice.tables import Column, ListState, Table
from shop.accounts import operations, queries
from shop.accounts.models import Account
from shop.accounts.rules import Permission
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor, fresh_sign_in_required, hash_password
from web.labels import role_label


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
    row_template = "backoffice/staff/staff_rows.html"
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
        return str(
            self.render("backoffice/staff/person.html", form=form, heading=gettext("A new account"), account=None)
        )

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
        return str(self.render("backoffice/staff/person.html", form=form, heading=account.name, account=account))

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
