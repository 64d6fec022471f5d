"""Who is asking: the session of the request's cookies, looked up on the server with one statement."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask, abort, current_app, g, request, session
from flask_security import UserMixin, current_user, login_user
from flask_security.utils import set_request_attr

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.db import transaction
from shop.errors import ShopError
from shop.versions import Published
from web.areas import area_of
from web.fragments import fragments

TOKEN = "_user_id"  # noqa: S105 - where Flask-Login keeps, in both cookies, what it gives to the user loader


@dataclass(frozen=True, eq=False)
class Person(UserMixin):
    """Who is signed in, as the pages need them; the password and the roles stay in the database."""

    id: int
    name: str
    email: str
    fs_uniquifier: str
    permissions: frozenset[Permission]
    active: bool = True

    def may(self, permission: Permission) -> bool:
        """Whether the person may do a deed."""
        return permission in self.permissions


def current_actor() -> Actor:
    """The signed-in person as the doer of a deed."""
    if not current_user.is_authenticated:
        abort(401)
    return Actor.staff(current_user.id, current_user.name)


def current_session_id() -> int:
    """The session in which the person is signed in."""
    return int(g.open_session.id)


def begin(account_id: int, token: str, *, remember: bool, via: str) -> None:
    """Put the token of a new session into the browser's cookies; nothing of what they held before stays."""
    session.clear()
    g.pop("csrf_token", None)
    login_user(queries.account_by_id(account_id), remember=remember, authn_via=[via])
    session[TOKEN] = token


def is_remembered() -> bool:
    """Whether the browser stays signed in when it is closed."""
    return current_app.config.get("REMEMBER_COOKIE_NAME", "remember_token") in request.cookies


def kept_for_staff(what: Hashable, depends_on: tuple[Published, ...], make: Callable[[], Any]) -> Any:
    """Something that pages of the staff show often, as long as nothing that it depends on changes.

    The numbers are those read with the session of this very request; without a session nothing is kept.
    """
    opened: queries.OpenSession | None = g.get("open_session")
    if opened is None:
        return make()
    return fragments().staff.get(what, tuple(opened.versions[each] for each in depends_on), make)


def _person(token: str) -> Person | None:
    """The person of a session that still stands. Only what the roles open is kept from one request to the next."""
    opened = queries.open_session(token, at=datetime.now(UTC))
    if opened is None:
        return None
    g.open_session = opened
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    account_id = opened.account_id
    permissions = kept_for_staff(
        ("permissions", account_id), (Published.STAFF,), lambda: queries.permissions_of_account(account_id)
    )
    return Person(account_id, opened.name, opened.email, opened.fs_uniquifier, permissions)


def _note_use() -> None:
    """Note once a minute that the session is in use; a shop that can't write is still read."""
    if not area_of(request.path).session or (request.endpoint or "").endswith(".static"):
        return
    at = datetime.now(UTC)
    if current_user.is_authenticated and at - g.open_session.seen_at >= accounts.SEEN_EVERY:
        with suppress(ShopError), transaction():
            accounts.see(current_session_id(), address=request.remote_addr or "", at=at)


def init_app(app: Flask) -> None:
    """Let sessions of ours say who is asking, and nothing else: no token in a header or an address does."""
    app.login_manager.user_loader(_person)  # type: ignore[attr-defined] # Flask-Login hangs it onto the application
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined] # as above
    app.before_request(_note_use)
