"""Signing in: Flask-Security with our accounts, our password rules and our pages."""

from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect, request
from flask_security import PasswordUtil, Security, SQLAlchemyUserDatastore, current_user, hash_password
from flask_security.decorators import auth_required
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from shop.accounts.models import Account, Role
from shop.accounts.passwords import LONGEST, SHORTEST, check_password
from shop.accounts.queries import demo_accounts
from shop.audit.rules import Actor
from shop.db import begin_writing, db
from shop.errors import Invalid
from web.languages import COOKIE, LANGUAGES
from web.library_words import forms_speak_ukrainian

FRESH_MINUTES = 30  # how long after signing in a dangerous deed needs no password again
GRACE_MINUTES = 10  # and how long after giving it again

language = Blueprint("language", __name__)
fresh_sign_in_required = auth_required("session", within=FRESH_MINUTES, grace=GRACE_MINUTES)

__all__ = ["current_actor", "fresh_sign_in_required", "hash_password", "init_app"]


class CheckedPasswords(PasswordUtil):
    """Our own rule and our own words: zxcvbn's advice is English."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Flask-Security's question: (what is wrong, the normalised password)."""
        password = self.normalize(password)
        person = kwargs.get("user")
        try:
            check_password(password, known=[person.email, person.name] if person else [])
        except Invalid as refusal:
            return [str(refusal)], password
        return None, password


def current_actor() -> Actor:
    """The signed-in person as the doer of a deed."""
    if not current_user.is_authenticated:
        abort(401)
    return Actor(id=current_user.id, name=current_user.name)


@language.post("/auth/language")
def choose_language() -> Response:
    """Remember the language of the staff pages for a year, and go back to the page."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    back = request.form.get("next", "/admin/")
    answer = redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/admin/", 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, chosen, max_age=31_536_000, httponly=True, samesite="Lax", secure=secure)
    return answer


def _lock_before_reading() -> None:
    """Flask-Security reads the account, then writes and commits: on SQLite that must begin as a write."""
    if request.method == "POST" and request.blueprint == "security":
        begin_writing()


def init_app(app: Flask) -> None:
    """Set up Flask-Security."""
    app.config.update(_configuration(app) | {key: app.config[key] for key in app.config if key.startswith("SECURITY_")})
    app.before_request(_lock_before_reading)
    forms_speak_ukrainian(app, FlaskForm)
    Security(app, SQLAlchemyUserDatastore(db, Account, Role), password_util_cls=CheckedPasswords)
    app.register_blueprint(language)
    app.jinja_env.globals["demo_sign_ins"] = _demo_sign_ins


def _demo_sign_ins() -> list[Account]:
    return list(demo_accounts()) if current_app.config["DEMO"] else []


def _configuration(app: Flask) -> dict[str, Any]:
    argon2 = {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}  # OWASP's smallest
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": argon2,
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
        "SECURITY_PASSWORD_LENGTH_MAX": LONGEST,
        "SECURITY_PASSWORD_CONFIRM_REQUIRED": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_URL_PREFIX": "/auth",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/admin/",
        "SECURITY_POST_LOGOUT_VIEW": "/auth/login",
        "SECURITY_POST_CHANGE_VIEW": "/admin/",
        "SECURITY_POST_VERIFY_VIEW": "/admin/",
        "SECURITY_REQUIRES_CONFIRMATION_ERROR_VIEW": "/auth/login",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_FRESHNESS_ALLOW_AUTH_TOKEN": False,
        "SECURITY_I18N_DIRNAME": ["builtin", f"{app.root_path}/translations"],
        "REMEMBER_COOKIE_SECURE": app.config["SESSION_COOKIE_SECURE"],
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }
