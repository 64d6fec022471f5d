"""A running shop and a real browser in front of it; any violation of the security policy fails the journey."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from shop.accounts import operations as accounts
from shop.audit.rules import Actor
from shop.db import transaction
from tests.browser import ARGUMENTS, chromium
from web.passwords import new_password

PASSWORD = "kava-paperovyi-lis-77"
WIDTHS = {"desktop": (1280, 900), "phone": (375, 740)}


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Chromium, once for all journeys of this process."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The address of the running shop, with a manager in it."""
    with transaction():
        accounts.add_staff(
            "manager@x.ua",
            name="Марко",
            password=new_password(PASSWORD),
            roles=["manager"],
            actor=Actor.command("Тести"),
            at=datetime.now(UTC),
        )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chrome: Browser, address: str) -> Iterator[Page]:
    """A tab in which the manager is signed in; broken scripts and refused styles are collected and must be none."""
    yield from _tab(chrome, address, "desktop")


@pytest.fixture
def phone(chrome: Browser, address: str) -> Iterator[Page]:
    """The same on a phone."""
    yield from _tab(chrome, address, "phone")


def _tab(chrome: Browser, address: str, size: str) -> Iterator[Page]:
    width, height = WIDTHS[size]
    context = chrome.new_context(base_url=address, viewport={"width": width, "height": height}, locale="ru-RU")
    tab = context.new_page()
    broken: list[str] = []
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.on("console", lambda message: broken.append(message.text) if "Content Security" in message.text else None)
    tab.goto("/auth/login")
    tab.fill("input[name=email]", "manager@x.ua")
    tab.fill("input[name=password]", PASSWORD)
    tab.click("button.primary")
    expect(tab.locator("h1")).to_have_text("Сьогодні")
    yield tab
    context.close()
    assert broken == []
