"""Screens as hands meet them, on a desktop and on a phone: menus, previews, refusals, taps beside what is open."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.catalog.operations.publishers import add_publisher
from shop.db import db, transaction
from tests.factories import AT, SYSTEM, editions_of, make_game, make_location, make_stock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]


@pytest.fixture
def shelf(app: Flask, actor: Actor) -> list[Edition]:
    """Forty games of one publisher at one place, the first with one copy, the last with forty."""
    with transaction():
        publisher_id = add_publisher("Ігромаг", actor=SYSTEM, at=AT).id
    place, editions = make_location("Основний склад"), []
    for number in range(40):
        game = make_game(title=f"Гра {number + 1:02}", publisher_id=publisher_id)
        editions += editions_of(game)
        make_stock(editions[-1], place, number + 1)
    db.session.rollback()
    return editions


def test_the_deeds_of_a_row_are_one_menu_that_keys_open_and_a_click_beside_closes(
    page: Page, shelf: list[Edition]
) -> None:
    page.goto("/admin/levels/?sort=on_hand&desc=1")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Гра 40")
    assert row.bounding_box()["height"] <= 45
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(row.get_by_role("link", name="Прийняти")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row.get_by_role("link", name="Прийняти")).to_be_hidden()
    expect(row.locator("summary")).to_be_focused()
    row.locator("summary").click()
    expect(row.get_by_role("link", name="Прийняти")).to_be_visible()
    page.mouse.click(640, 20)
    expect(row.get_by_role("link", name="Прийняти")).to_be_hidden()
    page.mouse.wheel(0, 700)
    expect(page.locator("thead th").nth(1)).to_be_in_viewport()


def test_all_that_a_list_finds_is_repriced_from_it_on_seeing_how_many(page: Page, shelf: list[Edition]) -> None:
    page.goto("/admin/levels/?search=ігромаг")
    page.check("thead [data-all]")
    page.check("[data-all-found]")
    expect(page.locator("[data-count]")).to_have_text("40")
    page.get_by_role("button", name="Змінити ціни").click()
    page.fill("input[name=percent]", "7")
    page.fill("input[name=reason]", "курс")
    page.get_by_role("button", name="Показати, що зміниться").click()
    expect(page.locator("#preview")).to_be_focused()
    expect(page.get_by_role("heading", name="Зміниться 40 цін")).to_be_in_viewport()
    page.locator("input[name=seen]").first.uncheck()
    page.get_by_role("button", name="Змінити 39 цін").click()
    expect(page.locator(".flash.ok")).to_contain_text("39")


def test_the_preview_of_prices_is_labelled_on_a_phone_and_its_conditions_are_one_line(
    phone: Page, shelf: list[Edition]
) -> None:
    phone.goto("/admin/prices/")
    phone.select_option("select[name=publisher]", label="Ігромаг")
    phone.fill("input[name=percent]", "7")
    phone.fill("input[name=reason]", "курс")
    phone.get_by_role("button", name="Показати, що зміниться").click()
    expect(phone.locator("#preview-head")).to_be_in_viewport()
    expect(phone.locator("input[name=percent]")).to_be_hidden()
    expect(phone.locator(".conditions summary")).to_contain_text("Ігромаг")
    label = phone.locator(".preview td[data-label=Стане]").first
    assert "Стане" in label.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    phone.locator(".conditions summary").click()
    expect(phone.locator("input[name=percent]")).to_be_visible()


def test_on_a_phone_more_closes_by_a_tap_beside_it_and_a_card_answers_as_a_whole(
    phone: Page, shelf: list[Edition]
) -> None:
    phone.goto("/admin/levels/")
    phone.get_by_role("button", name="Ще").click()
    expect(phone.locator("#everything")).to_be_visible()
    phone.mouse.click(180, 30)
    expect(phone.locator("#everything")).to_be_hidden()
    card = phone.locator("tbody tr").first
    box = card.bounding_box()
    assert box["height"] <= 120
    phone.mouse.click(box["x"] + box["width"] / 2, box["y"] + 30)
    expect(phone.locator("h1")).to_contain_text("Чому тут")


def test_a_refused_document_leads_from_its_summary_to_the_line(page: Page, shelf: list[Edition]) -> None:
    """The form is sent as it is after forty scans: the refused line lies far below the eye."""
    page.goto("/admin/write-offs/")
    page.evaluate(
        """ids => {
          const form = document.querySelector("[data-deed]");
          form.querySelector("[name=reason]").value = "злам";
          for (const id of ids) for (const [name, value] of [["edition_id", id], ["quantity", "3"]])
            form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
          form.submit();
        }""",
        [edition.id for edition in shelf],
    )
    summary = page.locator(".refused")
    expect(summary).to_be_in_viewport()
    expect(summary).to_contain_text("не можна провести 2 рядки")
    summary.get_by_role("link", name="Гра 02").click()
    expect(page.locator(f"#line-{shelf[1].id}")).to_be_in_viewport()
