"""A delivery is received in a real browser: as fast as a scanner types, on a slow network, and on none."""

import time
from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from shop.accounts import operations as accounts
from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.catalog.queries.editions import edition_with_code
from shop.catalog.rules.editions import ean13_check_digit
from shop.db import db, transaction
from shop.stock.models import StockDocument, StockLevel
from shop.stock.operations import verify
from shop.stock.queries.boxes import waiting_boxes
from tests.factories import EditionFactsFactory, make_game, make_location
from tests.journeys.conftest import PASSWORD
from web.passwords import new_password

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]
UNKNOWN = ("4820216010374", "96385074", "GEEK-1700")
LATENCY_MILLISECONDS = 300
GONE_SECONDS = 20


def _barcode(number: int) -> str:
    body = f"21{number:010}"
    return f"{body}{ean13_check_digit(body)}"


@pytest.fixture
def shelf(app: Flask) -> None:
    """A storeroom and seventeen games with barcodes, each as «Гра 1» and so on."""
    make_location("Основний склад")
    for number in range(1, 18):
        make_game(EditionFactsFactory(sku=f"BOX-{number}", ean13=_barcode(number)), title=f"Гра {number}")


def _scan(page: Page, code: str) -> None:
    """As a wedge scanner does: every letter at once, then Enter, wherever the cursor stands."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def _open(page: Page) -> None:
    """Wait until the page with its scripts is there; a person sees it, too, before they scan."""
    expect(page.locator("h1")).to_have_text("Прийняти товар")
    page.wait_for_load_state("networkidle")


def _on_hand() -> dict[str, int]:
    db.session.rollback()
    rows = db.select(Edition.sku, StockLevel.on_hand).join(StockLevel, StockLevel.edition_id == Edition.id)
    return {sku: on_hand for sku, on_hand in db.session.execute(rows) if on_hand}  # noqa: C416


def _documents() -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(StockDocument)) or 0


def _network(session: CDPSession, *, offline: bool) -> None:
    conditions = {"offline": offline, "latency": LATENCY_MILLISECONDS, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", conditions)


def test_twenty_boxes_are_right_on_a_slow_phone_whose_network_goes_away(phone: Page, shelf: None) -> None:
    phone.goto("/admin/receipts/")
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    _network(session, offline=False)
    codes = [_barcode(number) for number in range(1, 18)]
    codes[4:4], codes[9:9], codes[15:15] = [UNKNOWN[0]], [UNKNOWN[1]], [UNKNOWN[2]]
    rows = phone.locator("[data-row]")
    for code in codes[:10]:
        _scan(phone, code)
    expect(phone.locator("[data-scan]")).to_be_focused()
    _network(session, offline=True)
    gone_at = time.monotonic()
    for code in codes[10:]:
        _scan(phone, code)
    _scan(phone, _barcode(1))
    _scan(phone, _barcode(17))
    _scan(phone, "24")
    expect(rows).to_have_count(20)
    expect(phone.locator("[data-offline]")).to_be_visible()
    phone.wait_for_timeout((GONE_SECONDS - (time.monotonic() - gone_at)) * 1000)
    phone.locator("[data-book]").click()
    assert _documents() == 0
    _network(session, offline=False)
    expect(phone.locator("[data-row=wait]")).to_have_count(0, timeout=40_000)
    expect(phone.locator("[data-row=known]")).to_have_count(17)
    expect(phone.locator("[data-row=unknown]")).to_have_count(3)
    expect(phone.locator("[data-offline]")).to_be_hidden()
    expect(phone.locator("[data-book]")).to_have_text("Розібрати 3 коди")
    phone.locator("[data-book]").click()
    phone.reload()
    expect(phone.locator("[data-row=known]")).to_have_count(17)
    expect(phone.locator("[data-row=unknown]")).to_have_count(3)
    assert _documents() == 0
    _sort_out(phone)
    expect(phone.locator("[data-book]")).to_have_text("Прийняти 42 примірники")
    phone.locator("[data-book]").click()
    expect(phone.locator("h1")).to_have_text("Прийнято 42 примірники")
    expected = {f"BOX-{number}": 1 for number in range(1, 18)} | {"BOX-1": 2, "BOX-2": 2, "BOX-17": 24}
    assert _on_hand() == expected
    assert [(box.code, box.quantity, box.note) for box in waiting_boxes(limit=5)] == [
        (UNKNOWN[2], 1, "синя, без назви")
    ]
    assert verify(at=datetime.fromisoformat("2027-03-02T00:00:00+00:00"))[1] == []


def _sort_out(page: Page) -> None:
    """One code is attached, one box set aside, one line removed."""
    row = page.locator("[data-row=unknown]", has_text=UNKNOWN[0])
    row.locator("[role=combobox]").fill("гра 2")
    row.get_by_role("option", name="Гра 2 —").click()
    expect(page.locator("[data-row=unknown]")).to_have_count(2)
    expect(page.locator("[data-attached]:visible")).to_contain_text("прив’язано до «Гра 2»")
    row = page.locator("[data-row=unknown]", has_text=UNKNOWN[2])
    row.locator("[data-aside]").click()
    row.locator("[data-aside-note]").fill("синя, без назви")
    row.locator("[data-aside-send]").click()
    expect(page.locator("[data-row=unknown]")).to_have_count(1)
    page.locator("[data-row=unknown] [data-drop]").click()
    expect(page.locator("[data-row=unknown]")).to_have_count(0)


def test_an_unknown_code_becomes_a_game_and_comes_back_with_every_line(page: Page, shelf: None) -> None:
    page.goto("/admin/receipts/")
    _scan(page, _barcode(3))
    _scan(page, "5")
    _scan(page, UNKNOWN[1])
    _scan(page, "6")
    page.get_by_role("link", name="Нова гра з цим кодом").click()
    page.fill("input[name=title]", "Новенька")
    page.fill("input[name=editions-0-price]", "890")
    page.get_by_role("button", name="Зберегти чернетку").click()
    expect(page.locator("h1")).to_have_text("Прийняти товар")
    expect(page.locator("[data-row=known]")).to_have_count(2)
    quantities = page.locator("[name=quantity]")
    assert [quantities.nth(place).input_value() for place in (0, 1)] == ["6", "5"]
    db.session.rollback()
    edition = edition_with_code(UNKNOWN[1])
    assert edition is not None
    assert db.session.get_one(Game, edition.game_id).title == "Новенька"


def test_lines_outlive_a_session_that_ended_and_are_booked_once(page: Page, shelf: None) -> None:
    page.goto("/admin/receipts/")
    _scan(page, _barcode(1))
    expect(page.locator("[data-row=known]")).to_have_count(1)
    page.context.clear_cookies()
    _scan(page, _barcode(2))
    expect(page.locator("[data-signed-out]")).to_be_visible()
    page.reload()
    page.fill("input[name=email]", "manager@x.ua")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.primary")
    expect(page.locator("[data-row=known]")).to_have_count(2)
    page.locator("[data-book]").click()
    expect(page.locator("h1")).to_have_text("Прийнято 2 примірники")
    page.get_by_role("link", name="Прийняти ще").click()
    expect(page.locator("[data-nothing]")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(0)
    assert (_on_hand(), _documents()) == ({"BOX-1": 1, "BOX-2": 1}, 1)


def test_a_code_scanned_wherever_the_cursor_stands_is_a_line_and_books_nothing(page: Page, shelf: None) -> None:
    page.goto("/admin/receipts/")
    _scan(page, _barcode(1))
    expect(page.locator("[data-row=known]")).to_have_count(1)
    page.click(".where summary")
    page.locator("[name=reference]").focus()
    _scan(page, _barcode(2))
    page.locator("[name=quantity]").last.focus()
    _scan(page, _barcode(3))
    page.locator("[data-book]").focus()
    _scan(page, _barcode(4))
    _scan(page, UNKNOWN[0])
    page.locator("[data-attaches] [role=combobox]").focus()
    _scan(page, _barcode(5))
    expect(page.locator("[data-row=known]")).to_have_count(5)
    expect(page.locator("[data-row=unknown]")).to_have_count(1)
    quantities = page.locator("[name=quantity]")
    assert [quantities.nth(place).input_value() for place in range(5)] == ["1"] * 5
    assert page.locator("[name=reference]").input_value() == ""
    assert _documents() == 0


def test_twenty_four_copies_cost_a_scan_a_number_and_a_button(page: Page, shelf: None) -> None:
    page.click("nav.side >> text=Прийняти")
    _open(page)
    _scan(page, _barcode(7))
    _scan(page, "24")
    expect(page.locator("[data-book]")).to_have_text("Прийняти 24 примірники")
    page.locator("[data-book]").click()
    expect(page.locator("h1")).to_have_text("Прийнято 24 примірники")
    assert _on_hand() == {"BOX-7": 24}


def test_the_warehouse_can_set_aside_what_it_may_not_attach(
    page: Page, shelf: None, actor: Actor, now: datetime
) -> None:
    with transaction():
        accounts.add_staff(
            "warehouse@x.ua", name="Ірина", password=new_password(PASSWORD), roles=["warehouse"], actor=actor, at=now
        )
    page.context.clear_cookies()
    page.goto("/auth/login?next=/admin/receipts/")
    page.fill("input[name=email]", "warehouse@x.ua")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.primary")
    _open(page)
    _scan(page, UNKNOWN[0])
    row = page.locator("[data-row=unknown]")
    expect(row).to_contain_text("менеджер побачить її на «Сьогодні»")
    expect(row.locator("[data-attaches]")).to_have_count(0)
    row.locator("[data-aside]").click()
    page.keyboard.type("коробка біля дверей")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(0)
    assert [(box.note, box.set_aside_by) for box in waiting_boxes(limit=5)] == [("коробка біля дверей", "Ірина")]
