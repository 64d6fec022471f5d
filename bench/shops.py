"""Shops of a given size to measure in, with a signed-in owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from bench.seed import seed
from shop.accounts import operations as accounts
from shop.audit.rules import Actor
from shop.db import db, transaction
from tests.clients import Browser, browser
from web.passwords import new_password

EMAIL = "owner@bench.example.com"
PASSWORD = "kava-paperovyi-lis-77"
BENCH = Actor.command("Бенч")


@contextmanager
def opened(url: str, *, games: int, movements: int) -> Iterator[tuple[Flask, Browser]]:
    """The application over a database, which is made and filled where it is empty, and the owner's browser."""
    app = create_app(SQLALCHEMY_DATABASE_URI=url, TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        if not db.session.scalar(db.text("SELECT count(*) FROM account")):
            seed(games=games, movements=movements)
            _add_owner()
        client = browser(app)
        assert client.sign_in(EMAIL, PASSWORD).status_code == 302
        yield app, client
        db.session.remove()
        db.engine.dispose()


def _add_owner() -> None:
    at, roles = datetime.now(UTC), ["owner"]
    owner: dict[str, Any] = {"name": "Бенч", "password": new_password(PASSWORD), "roles": roles}
    with transaction():
        accounts.add_staff(EMAIL, **owner, actor=BENCH, at=at)
