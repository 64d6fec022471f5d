"""axe-core finds nothing on any page, on a desktop and on a phone, light and dark; no page is wider than its screen.

Every address that a browser can open is looked at, as the owner of a shop that has something of each kind.
"""

import itertools
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from tests.journeys.conftest import PASSWORD, WIDTHS
from tests.journeys.furnishing import furnish

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]

VALUES = {
    "edition_id": 1,
    "location_id": 1,
    "document_id": 1,
    "batch_id": 1,
    "account_id": 1,
    "session_id": 1,
    "slug": "karkason",
    "language": "en",
}
NOT_PAGES = {"export", "lookup", "static", "code", "editions", "robots", "healthz", "readyz", "logout"}
STATES = (
    "/nope",
    "/admin/nope",
    "/?players=3&available=1&price_to=900&q=карк",
    "/?q=нічого такого немає",
    "/games/myslyvtsi",
    "/games/dyka",
    "/en/?expansions=1",
    "/admin/games/?filters=1&search=карк",
    "/admin/games/?search=нічого такого немає",
    "/admin/levels/?filters=1",
    "/admin/movements/?filters=1",
    "/admin/audit/?filters=1",
    "/admin/find/?q=карк",
    "/admin/find/?q=нічого такого немає",
    "/admin/holdings/?date=2027-03-02",
    "/admin/documents/2/",
    "/admin/receipts/?edition=1",
    "/admin/games/edit/?id=3",
    "/admin/roles/edit/?id=2",
)
OPENED = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
FINDINGS = """rules => axe.run(document, {resultTypes: ['violations'], ...rules}).then(found =>
  found.violations.flatMap(each => each.nodes.map(node =>
    `${each.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any.concat(node.all, node.none)
      .map(check => check.message).join('; ').slice(0, 200)}`)))"""
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
DIALOGS = "() => [...document.querySelectorAll('dialog[id]')].map(each => each.id)"
WIDER = "() => document.scrollingElement.scrollWidth - innerWidth"


@pytest.fixture
def shop(app: Flask) -> Flask:
    """A shop that has something of each kind, and an owner."""
    furnish(PASSWORD)
    return app


@pytest.fixture
def address(shop: Flask) -> Iterator[str]:
    """The address of the running shop."""
    server = make_server("127.0.0.1", 0, shop, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def owner(chrome: Browser, address: str) -> Iterator[Page]:
    """A tab in which the owner is signed in."""
    context = chrome.new_context(base_url=address, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto("/auth/login")
    tab.fill("input[name=email]", "owner@x.ua")
    tab.fill("input[name=password]", PASSWORD)
    tab.click("button.primary")
    tab.wait_for_url("**/admin/")
    yield tab
    context.close()


def pages_of(shop: Flask) -> list[str]:
    """Every address that a browser can open; a new part of an address needs a value above."""
    with shop.test_request_context():
        rules = [rule for rule in shop.url_map.iter_rules() if "GET" in (rule.methods or ()) and _is_page(rule)]
        return sorted({_address(rule) for rule in rules})


def _is_page(rule: Rule) -> bool:
    return rule.endpoint.rpartition(".")[2] not in NOT_PAGES


def _address(rule: Rule) -> str:
    built = rule.build({name: VALUES[name] for name in rule.arguments})
    assert built is not None, rule
    return built[1] + ("?id=1" if rule.endpoint.endswith("edit_view") else "")


def _look(tab: Page, place: str) -> Iterator[str]:
    """What is wrong with a page: what axe finds at each size in light and, with all menus open, in dark.

    The page is loaded once: size and theme change under it, and of the theme only the colours depend.
    """
    tab.emulate_media(color_scheme="light")
    answer = tab.goto(place)
    assert answer is not None
    assert answer.status == (404 if "nope" in place else 200), (place, answer.status)
    tab.evaluate(AXE_SCRIPT)
    for light in (True, False):
        if not light:
            tab.evaluate(OPENED)
            tab.emulate_media(color_scheme="dark")
        for size, (width, height) in WIDTHS.items():
            tab.set_viewport_size({"width": width, "height": height})
            found = tab.evaluate(FINDINGS, ALL_RULES if light else COLOURS)
            yield from (f"{place} {size} {'light' if light else 'dark'} {each}" for each in found)
            wider = tab.evaluate(WIDER)
            if wider > 0:
                yield f"{place} {size} is {wider} px wider than the screen"


def _look_into_dialogs(tab: Page, place: str, seen: set[str]) -> Iterator[str]:
    """What axe finds in the dialogs of this page that no page before it had."""
    for name in [each for each in tab.evaluate(DIALOGS) if each not in seen]:
        seen.add(name)
        tab.evaluate("name => document.getElementById(name).showModal()", name)
        for theme, size in itertools.product(("light", "dark"), WIDTHS.items()):
            tab.emulate_media(color_scheme=theme)
            tab.set_viewport_size({"width": size[1][0], "height": size[1][1]})
            yield from (f"{place} #{name} {size[0]} {theme} {each}" for each in tab.evaluate(FINDINGS, ALL_RULES))
        tab.evaluate("name => document.getElementById(name).close()", name)


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_page_in_any_size_or_theme(shop: Flask, owner: Page, half: int) -> None:
    places, seen, found = [*pages_of(shop), *STATES][half::2], set[str](), list[str]()
    for place in places:
        found += [*_look(owner, place), *_look_into_dialogs(owner, place, seen)]
    assert found == [], "\n".join(found)
