"""A shopper's evening on a phone and at a desk, without JavaScript: pick, search, look."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.factories import editions_of, make_game, make_location, make_stock
from tests.journeys.conftest import WIDTHS

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]
SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary, label.check")]
  .filter(each => each.checkVisibility() && !each.closest(".skip, label.check input, p.text"))
  .map(each => [each.matches("label input") ? each.closest("label") : each, each.outerHTML.slice(0, 90)])
  .filter(([each]) => { const box = each.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
  .map(([each, text]) => `${text} ${each.getBoundingClientRect().width} x ${each.getBoundingClientRect().height}`)"""
BROKEN_SUMS = """() => [...document.querySelectorAll(".price, .crumb, .glance dd")]
  .filter(each => { const range = document.createRange(); return [...each.childNodes].some(node => {
    if (node.nodeType !== 3 || !/\\d/.test(node.data)) return false;
    range.selectNodeContents(node); return range.getClientRects().length > 1 && each.matches(".price"); }); })
  .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def shopper(app: Flask, chrome: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab without JavaScript, before a shop with thirty games."""
    place = make_location()
    for number in range(30):
        game = make_game(title=f"Каркасон {number}", description="Викладайте плитки.")
        make_stock(editions_of(game)[0], place, 1 + number % 5)
    make_game(title="Мисливці", is_expansion=True, base_game_id=game.id)
    width, height = WIDTHS[request.getfixturevalue("size")]
    context = chrome.new_context(
        base_url=address, viewport={"width": width, "height": height}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("size", sorted(WIDTHS))
def test_filters_stay_open_between_picks_and_survive_a_search(shopper: Page, size: str) -> None:
    shopper.goto("/")
    panel = shopper.locator("#filters")
    if size == "phone":
        expect(panel).to_be_hidden()
        shopper.click("text=Фільтри")
    panel.get_by_role("link", name="3", exact=True).click()
    expect(panel).to_be_visible()
    panel.get_by_role("link", name="до 45 хв").click()
    expect(panel).to_be_visible()
    expect(panel.locator("[aria-current]")).to_have_count(2)
    if size == "phone":
        shopper.click("text=Сховати фільтри")
        expect(panel).to_be_hidden()
    shopper.fill("[type=search]", "каркасон 7")
    shopper.press("[type=search]", "Enter")
    expect(shopper.locator(".chips .chip")).to_have_text(["3 гравці ×", "до 45 хв ×"])
    expect(shopper.locator("h1")).to_have_text("каркасон 7")
    expect(shopper.locator(".g")).to_have_count(1)
    if size == "phone":
        shopper.click("text=Фільтри · 2")
    shopper.check("[name=available]")
    panel.get_by_role("button", name="Показати").click()
    expect(shopper.locator(".chips .chip")).to_have_text(["3 гравці ×", "до 45 хв ×", "є в наявності ×"])
    expect(shopper.locator("h1")).to_have_text("каркасон 7")


def test_whatever_is_tapped_is_large_enough_and_no_sum_is_broken(chrome: Browser, address: str, app: Flask) -> None:
    base = make_game(title="Каркасон", description="Викладайте плитки.", bgg_id=822)
    make_game(title="Мисливці", is_expansion=True, base_game_id=base.id)
    for number in range(25):
        make_game(title=f"Гра {number}")
    context = chrome.new_context(base_url=address, viewport={"width": 375, "height": 740})
    tab = context.new_page()
    places = ("/", "/?q=нема&players=3", "/?players=3#filters", "/en/?page=2", "/games/karkason", "/games/myslyvtsi")
    found = []
    for place in places:
        tab.goto(place)
        found += [f"{place} {each}" for each in tab.evaluate(SMALL) + tab.evaluate(BROKEN_SUMS)]
    context.close()
    assert found == [], "\n".join(found)
