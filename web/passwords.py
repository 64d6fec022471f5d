"""Passwords at the edge: one spelling before the hash, our own rule with our own words, and the person's own change."""

import unicodedata
from datetime import UTC, datetime
from typing import Any, Final

import flask_security
from flask import current_app, flash, redirect, render_template, request
from flask_babel import gettext
from flask_security import ChangePasswordForm, PasswordUtil, current_user, login_user
from flask_security.decorators import auth_required
from werkzeug.wrappers import Response

from shop.accounts import operations as accounts
from shop.accounts.passwords import check_password
from shop.audit.rules import Actor
from shop.db import transaction
from shop.errors import Invalid

NORMAL_FORM: Final = "NFKD"  # Flask-Security asks in this form whether a password is right


def hash_password(password: str) -> str:
    """The hash that signing in compares with: й may come as one sign or as two, the hash is of the same."""
    return str(flask_security.hash_password(_normal(password)))


class CheckedPasswords(PasswordUtil):
    """Our own rule and our own words: zxcvbn's advice is English."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Flask-Security's question: (what is wrong, the normalised password)."""
        person = kwargs.get("user")
        try:
            check_password(password, known=[person.email, person.name] if person else [])
        except Invalid as refusal:
            return [str(refusal)], self.normalize(password)
        return None, self.normalize(password)


class OwnPasswordForm(ChangePasswordForm):
    """Flask-Security compares the old password in its normal form with the new one as it was typed."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the old one is right, and the new one good, different and typed twice."""
        for field in (self.new_password, self.new_password_confirm):
            if isinstance(field.data, str):
                field.data = _normal(field.data)
        return bool(super().validate(**kwargs))


@auth_required("session")
def change_password() -> Response | str:
    """In place of Flask-Security's own view, which leaves no trace in the audit."""
    form = OwnPasswordForm()
    if not form.validate_on_submit():
        return render_template("security/change_password.html", change_password_form=form)
    account_id = current_user.id
    doer = Actor.staff(account_id, current_user.name)
    with transaction():
        account = accounts.set_password(
            account_id, form.new_password.data, hashed=hash_password, actor=doer, at=datetime.now(UTC)
        )
    login_user(account, remember=_is_remembered(), authn_via=["change"])  # this session stays, all others ended
    flash(gettext("The password is changed."), "ok")
    return redirect(current_app.config["SECURITY_POST_CHANGE_VIEW"], 303)


def _is_remembered() -> bool:
    return current_app.config.get("REMEMBER_COOKIE_NAME", "remember_token") in request.cookies


def _normal(password: str) -> str:
    return unicodedata.normalize(NORMAL_FORM, password)
