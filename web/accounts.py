"""Accounts at the edge: Flask-Security with our sessions, our password rules and our pages."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, request
from flask_security import Security, SQLAlchemyUserDatastore, url_for_security
from flask_security.decorators import auth_required, default_reauthn_handler
from flask_security.utils import get_message
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from shop.accounts.models import Account, Role
from shop.accounts.queries import demo_accounts
from shop.accounts.queries.sessions import UNUSED_DAYS
from shop.db import db
from web import devices, own_password, signed_in, signing_in
from web.addresses import own_address
from web.languages import COOKIE, LANGUAGES
from web.library_words import forms_speak_ukrainian
from web.passwords import NORMAL_FORM
from web.signed_in import current_actor

FRESH_MINUTES = 30  # how long after signing in a dangerous deed needs no password again
GRACE_MINUTES = 10  # and how long after such a deed

language = Blueprint("language", __name__)
fresh_sign_in_required = auth_required("session", within=FRESH_MINUTES, grace=GRACE_MINUTES)

__all__ = ["current_actor", "fresh_sign_in_required", "init_app"]


@language.post("/auth/language")
def choose_language() -> Response:
    """Remember the language of the staff pages for a year, and go back to the page."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    answer = redirect(own_address(request.form.get("next", "")), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, chosen, max_age=31_536_000, httponly=True, samesite="Lax", secure=secure)
    return answer


def _ask_again(within: timedelta, grace: timedelta) -> Any:
    """Ask for the password, then go on; a form that was sent can't be sent again, so back to where it stood."""
    if request.method == "GET" or request.is_json:
        return default_reauthn_handler(within, grace)
    flash(*get_message("REAUTHENTICATION_REQUIRED"))
    return redirect(url_for_security("verify", next=own_address(request.referrer or "")), 303)


def init_app(app: Flask) -> None:
    """Set up Flask-Security."""
    app.config.update(_configuration(app) | {key: app.config[key] for key in app.config if key.startswith("SECURITY_")})
    forms_speak_ukrainian(app, FlaskForm)
    security = Security(app, SQLAlchemyUserDatastore(db, Account, Role))
    security.reauthn_handler(_ask_again)
    signed_in.init_app(app)
    signing_in.init_app(app)
    own_password.init_app(app)
    devices.init_app(app)
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
        "SECURITY_PASSWORD_NORMALIZE_FORM": NORMAL_FORM,
        "SECURITY_URL_PREFIX": "/auth",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/admin/",
        "SECURITY_POST_LOGOUT_VIEW": "/auth/login",
        "SECURITY_POST_CHANGE_VIEW": "/admin/",
        "SECURITY_POST_VERIFY_VIEW": "/admin/",
        "SECURITY_REQUIRES_CONFIRMATION_ERROR_VIEW": "/auth/login",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_FRESHNESS_ALLOW_AUTH_TOKEN": False,
        "SECURITY_I18N_DIRNAME": ["builtin", f"{app.root_path}/translations"],
        "REMEMBER_COOKIE_DURATION": timedelta(days=UNUSED_DAYS),
        "REMEMBER_COOKIE_SECURE": app.config["SESSION_COOKIE_SECURE"],
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
    }
