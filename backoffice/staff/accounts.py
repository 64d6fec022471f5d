"""The accounts of the staff; adding and changing them asks for the password again after a while."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask import flash, redirect
from flask_admin import expose
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from backoffice.base import now
from backoffice.fields import Boxes, Required
from backoffice.forms import RowForm
from backoffice.lists import Column, ListState
from backoffice.tables import Table
from shop.accounts import operations, queries
from shop.accounts.models import Account
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.catalog.rules.spelling import sort_key
from shop.db import in_transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor
from web.labels import role_label
from web.passwords import new_password


class StaffForm(RowForm):
    """An account."""

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

    category = N_("Staff")
    icon = "staff"
    title = N_("Staff")
    permissions = {
        "index_view": Permission.STAFF_WRITE,
        "create_view": Permission.STAFF_WRITE,
        "edit_view": Permission.STAFF_WRITE,
        "password": Permission.STAFF_WRITE,
        "deactivate": Permission.STAFF_WRITE,
        "restore": Permission.STAFF_WRITE,
        "sessions": Permission.STAFF_WRITE,
        "end_session": Permission.STAFF_WRITE,
        "end_sessions": Permission.STAFF_WRITE,
    }
    asks_again = ("create_view", "edit_view", "password", "deactivate", "restore")
    form_class, new_form_class = StaffForm, NewStaffForm
    new_heading = N_("A new account")
    create_template = edit_template = "backoffice/staff/person.html"
    columns: ClassVar[Sequence[Column]] = (
        Column(N_("Full name")),
        Column(N_("Roles")),
        Column(N_("State")),
        Column(""),
    )
    row_template = "backoffice/staff/staff_rows.html"
    add_label = N_("Add an account")

    def rows(self, state: ListState) -> Page[Account]:
        """Everyone, those who can sign in first, in Ukrainian order."""
        accounts = sorted(queries.all_accounts(), key=lambda each: (not each.active, sort_key(each.name), each.id))
        return Page(accounts, len(accounts), 0, max(len(accounts), 1))

    def row(self, row_id: int) -> Account:
        """An account."""
        return queries.account_by_id(row_id)

    def form_data(self, model: Account) -> dict[str, Any]:
        """Name, e-mail and roles."""
        stored = {"version": model.version, "name": model.name, "email": model.email}
        return stored | {"roles": [role.name for role in model.roles]}

    def create_model(self, form: Any) -> Any:
        """Hash the password before the transaction, then add the account."""
        form.hashed = new_password(form.password.data or "")
        return super().create_model(form)

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Account:
        """Add an account."""
        return operations.add_staff(
            form.email.data or "",
            name=form.name.data or "",
            password=form.hashed,
            roles=form.roles.data or [],
            actor=actor,
            at=at,
        )

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Account:
        """Change name, e-mail and roles."""
        return operations.change_staff(
            row_id,
            email=form.email.data or "",
            name=form.name.data or "",
            roles=form.roles.data or [],
            version=form.version.data,
            actor=actor,
            at=at,
        )

    @expose("/<int(max=2147483647):account_id>/password/", methods=("GET", "POST"))
    def password(self, account_id: int) -> Response | str:
        """Give somebody a new password."""
        account = queries.account_by_id(account_id)
        form = PasswordForm()
        if form.validate_on_submit():
            fresh, actor, at = new_password(form.password.data or ""), current_actor(), now()
            done = self.attempt(form, lambda: operations.set_password(account_id, fresh, actor=actor, at=at))
            if done is not None:
                flash(gettext("The password is changed."), "ok")
                return redirect(self.get_url(".index_view"), 303)
        heading = gettext("A new password for %(name)s", name=account.name)
        return str(self.render("backoffice/simple_form.html", form=form, heading=heading))

    @expose("/<int(max=2147483647):account_id>/deactivate/", methods=("POST",))
    def deactivate(self, account_id: int) -> Response:
        """Let somebody sign in no more."""
        actor, at = current_actor(), now()
        in_transaction(lambda: operations.deactivate(account_id, actor=actor, at=at))
        flash(gettext("The account is deactivated."), "ok")
        return redirect(self.back(), 303)

    @expose("/<int(max=2147483647):account_id>/restore/", methods=("POST",))
    def restore(self, account_id: int) -> Response:
        """Let somebody sign in again."""
        actor, at = current_actor(), now()
        in_transaction(lambda: operations.restore(account_id, actor=actor, at=at))
        flash(gettext("The account is restored."), "ok")
        return redirect(self.get_url(".index_view"), 303)

    @expose("/<int(max=2147483647):account_id>/sessions/")
    def sessions(self, account_id: int) -> str:
        """Where somebody is signed in."""
        person = queries.person_with_sessions(account_id, at=now())
        return str(self.render("backoffice/staff/sessions.html", person=person))

    @expose("/<int(max=2147483647):account_id>/sessions/<int(max=2147483647):session_id>/end/", methods=("POST",))
    def end_session(self, account_id: int, session_id: int) -> Response:
        """Sign one of their devices out."""
        actor, at = current_actor(), now()
        in_transaction(lambda: operations.end_session(session_id, account_id=account_id, actor=actor, at=at))
        flash(gettext("That device is signed out."), "ok")
        return redirect(self.get_url(".sessions", account_id=account_id), 303)

    @expose("/<int(max=2147483647):account_id>/sessions/end/", methods=("POST",))
    def end_sessions(self, account_id: int) -> Response:
        """Sign all of their devices out."""
        actor, at = current_actor(), now()
        ended = in_transaction(lambda: operations.end_sessions(account_id, actor=actor, at=at))
        flash(ngettext("%(num)d device is signed out.", "%(num)d devices are signed out.", ended), "ok")
        return redirect(self.get_url(".sessions", account_id=account_id), 303)
