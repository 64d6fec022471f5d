"""A person's own new password."""

from datetime import UTC, datetime

from flask import Flask, current_app, flash, redirect, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_security import auth_required, current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.db import in_transaction
from shop.errors import Invalid
from web import signed_in
from web.bodies import sent_fields, told
from web.devices import browser, remember_device
from web.errors import wants_json
from web.limits import seconds_to_wait, too_often, tries_of
from web.passwords import is_password_of, new_password


class OwnPasswordForm(FlaskForm):
    """The password that is, and the one that shall be."""

    password = PasswordField(_l("Current password"), [InputRequired(_l("Give your password."))])
    new_password = PasswordField(_l("New password"), [InputRequired(_l("Give a new password."))])
    new_password_confirm = PasswordField(
        _l("The new password once more"), [EqualTo("new_password", _l("The two passwords differ."))]
    )


@auth_required("session")
def change_password() -> Response | str:
    """All sessions of the person end, and this browser gets another one."""
    form = OwnPasswordForm(formdata=sent_fields() if request.method == "POST" else None)
    if request.method != "POST" or not form.validate():
        return _page(form)
    tries = tries_of(current_user.email)
    wait = seconds_to_wait(tries)
    if wait:
        return too_often(wait)
    account = queries.account_by_id(current_user.id)
    checked = str(account.password)
    if not is_password_of(account, form.password.data):
        form.password.errors = [gettext("This is not your password.")]
        return _page(form)
    account_id, here, new = current_user.id, browser(), new_password(form.new_password.data)
    change = accounts.OwnPassword(form.password.data, checked, new, browser=here, tries=tries)
    try:
        token = in_transaction(lambda: accounts.change_own_password(account_id, change, at=datetime.now(UTC)))
    except Invalid as refusal:  # beside its field, where the person types
        form.new_password.errors = [str(refusal)]
        return _page(form)
    signed_in.begin(account_id, token, remember=signed_in.is_remembered(), via="change")
    if wants_json():
        answer = told(form)
    else:
        flash(gettext("The password is changed."), "ok")
        answer = redirect(current_app.config["SECURITY_POST_CHANGE_VIEW"], 303)
    remember_device(answer, here.device_token)
    return answer


def _page(form: OwnPasswordForm) -> Response | str:
    if wants_json():
        return told(form)
    return render_template("security/change_password.html", change_password_form=form)


def init_app(app: Flask) -> None:
    """Stand where Flask-Security's view stood."""
    app.view_functions["security.change_password"] = change_password
