"""Who is asking: the session of the request's cookies, looked up on the server with one statement."""

from contextlib import suppress
from datetime import UTC, datetime

from flask import Flask, abort, current_app, g, request, session
from flask_security import current_user, login_user
from flask_security.utils import set_request_attr

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.models import Account
from shop.audit.rules import Actor
from shop.db import transaction
from shop.errors import ShopError
from web.areas import area_of

TOKEN = "_user_id"  # noqa: S105 - where Flask-Login keeps, in both cookies, what it gives to the user loader


def current_actor() -> Actor:
    """The signed-in person as the doer of a deed."""
    if not current_user.is_authenticated:
        abort(401)
    return Actor.staff(current_user.id, current_user.name)


def current_session_id() -> int:
    """The session in which the person is signed in."""
    return int(g.account_session_id)


def begin(account_id: int, token: str, *, remember: bool, via: str) -> None:
    """Put the token of a new session into the browser's cookies; nothing of what they held before stays."""
    session.clear()
    g.pop("csrf_token", None)
    login_user(queries.account_by_id(account_id), remember=remember, authn_via=[via])
    session[TOKEN] = token


def is_remembered() -> bool:
    """Whether the browser stays signed in when it is closed."""
    return current_app.config.get("REMEMBER_COOKIE_NAME", "remember_token") in request.cookies


def _person(token: str) -> Account | None:
    """The person of a session that still stands."""
    opened = queries.open_session(token, at=datetime.now(UTC))
    if opened is None:
        return None
    g.account_session_id, g.account_session_seen_at = opened.id, opened.seen_at
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return opened.account


def _note_use() -> None:
    """Note once a minute that the session is in use; a shop that can't write is still read."""
    if not area_of(request.path).session or (request.endpoint or "").endswith(".static"):
        return
    at = datetime.now(UTC)
    if current_user.is_authenticated and at - g.account_session_seen_at >= accounts.SEEN_EVERY:
        with suppress(ShopError), transaction():
            accounts.see(current_session_id(), address=request.remote_addr or "", at=at)


def init_app(app: Flask) -> None:
    """Let sessions of ours say who is asking, and nothing else: no token in a header or an address does."""
    app.login_manager.user_loader(_person)  # type: ignore[attr-defined] # Flask-Login hangs it onto the application
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined] # as above
    app.before_request(_note_use)
