"""A shopper."""

import pytest
from flask import Flask

from tests.clients import Browser, browser


@pytest.fixture
def shopper(app: Flask) -> Browser:
    """Somebody who only looks."""
    return browser(app)
