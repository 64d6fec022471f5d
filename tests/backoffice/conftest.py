"""Signed-in staff for the tests of screens."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.audit.rules import Actor
from shop.db import transaction
from tests.clients import Browser, browser
from web.passwords import new_password

PASSWORD = "kava-paperovyi-lis-77"


@pytest.fixture
def staff(app: Flask, actor: Actor, now: datetime) -> Callable[[str], Browser]:
    """`staff("manager")` is a browser in which somebody with that role is signed in."""

    def sign_in(role: str, name: str = "Олена") -> Browser:
        email, password = f"{role}-{name}@x.ua".lower(), new_password(PASSWORD)
        with transaction():
            accounts.add_staff(email, name=name, password=password, roles=[role], actor=actor, at=now)
        client = browser(app)
        assert client.sign_in(email, PASSWORD).status_code == 302
        return client

    return sign_in


@pytest.fixture
def manager(staff: Callable[[str], Browser]) -> Browser:
    """A browser of a manager."""
    return staff("manager")
