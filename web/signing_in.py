"""Signing in, giving the password once more, and signing out, in place of Flask-Security's own views.

Theirs hash under SQLite's write lock, hand out tokens, and leave no trace in the audit.
"""

import time
from datetime import UTC, datetime

from flask import Flask, current_app, redirect, render_template, request, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_security import auth_required, current_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import InputRequired

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.emails import normal_email
from shop.accounts.models import Account
from shop.db import in_transaction
from shop.errors import N_, Conflict, Invalid, NotFound
from web import signed_in
from web.addresses import own_address
from web.bodies import sent_fields, told
from web.devices import browser, remember_device
from web.errors import wants_json
from web.limits import seconds_to_wait, too_often, tries_of
from web.passwords import is_password_of


class SignInForm(FlaskForm):
    """Who, and the password."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Give your e-mail."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Give your password."))])
    remember = BooleanField(_l("Remember me for 30 days"))


class VerifyForm(FlaskForm):
    """The password of who is signed in."""

    password = PasswordField(_l("Password"), [InputRequired(_l("Give your password."))])


def sign_in() -> Response | str:
    """Begin a session; a wrong password and an unknown address are told alike."""
    if current_user.is_authenticated:
        return _signed_in_already()
    form = SignInForm(formdata=sent_fields() if request.method == "POST" else None)
    if request.method != "POST" or not form.validate():
        return _page(form)
    email, password = _spelt(form.email.data), form.password.data
    tries = tries_of(email)
    wait = seconds_to_wait(tries)
    if wait:
        return too_often(wait)
    account = _account_of(email)
    if account is None or not is_password_of(account, password) or not account.active:
        tried = account.id if account is not None else None
        in_transaction(lambda: accounts.refuse_sign_in(tried, at=datetime.now(UTC)))
        form.form_errors = [gettext("The e-mail or the password is not right.")]
        return _page(form)
    account_id, checked, here = account.id, str(account.password), browser()
    token = in_transaction(
        lambda: accounts.sign_in(account_id, checked=checked, browser=here, tries=tries, at=datetime.now(UTC))
    )
    signed_in.begin(account_id, token, remember=form.remember.data, via="password")
    answer = told(form) if wants_json() else redirect(_next())
    remember_device(answer, here.device_token)
    return answer


@auth_required("session")
def verify() -> Response | str:
    """Ask for the password again before a dangerous deed."""
    form = VerifyForm(formdata=sent_fields() if request.method == "POST" else None)
    if request.method != "POST" or not form.validate():
        return _verify_page(form)
    tries = tries_of(current_user.email)
    wait = seconds_to_wait(tries)
    if wait:
        return too_often(wait)
    if not is_password_of(queries.account_by_id(current_user.id), form.password.data):
        form.password.errors = [gettext("This is not your password.")]
        return _verify_page(form)
    in_transaction(lambda: accounts.forgive(tries, at=datetime.now(UTC)))
    session["fs_paa"] = time.time()
    return told(form) if wants_json() else redirect(_next())


def sign_out() -> Response:
    """End the session on the server and in the browser."""
    if current_user.is_authenticated:
        actor, session_id = signed_in.current_actor(), signed_in.current_session_id()
        in_transaction(lambda: accounts.sign_out(session_id, actor=actor, at=datetime.now(UTC)))
        logout_user()
    if wants_json():
        return current_app.make_response({})
    return redirect(current_app.config["SECURITY_POST_LOGOUT_VIEW"])


def _signed_in_already() -> Response | str:
    if not wants_json():
        return redirect(_next())
    if request.method == "POST":
        raise Conflict("signed_in_already", N_("You are signed in already."))
    return told(SignInForm(formdata=None))


def _page(form: SignInForm) -> Response | str:
    return told(form) if wants_json() else render_template("security/login_user.html", login_user_form=form)


def _verify_page(form: VerifyForm) -> Response | str:
    return told(form) if wants_json() else render_template("security/verify.html", verify_form=form)


def _next() -> str:
    """Where the person wanted to go."""
    return own_address(request.args.get("next", ""))


def _spelt(tried: str) -> str:
    """The one spelling of an address; what can't be one as it was tried."""
    try:
        return normal_email(tried)
    except Invalid:
        return tried.strip().lower()


def _account_of(email: str) -> Account | None:
    try:
        return queries.account_by_email(email)
    except (NotFound, Invalid):
        return None


def init_app(app: Flask) -> None:
    """Stand where Flask-Security's views stood."""
    for name, view in (("login", sign_in), ("verify", verify), ("logout", sign_out)):
        app.view_functions[f"security.{name}"] = view
