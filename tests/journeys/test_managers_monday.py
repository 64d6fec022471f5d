"""A manager's Monday in a real browser: find, explain, undo, receive, reprice, hide, add."""

from datetime import datetime

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game, Publisher
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.rules.states import GameState
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockLevel
from shop.stock.operations import verify
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]


@pytest.fixture
def carcassonne(app: Flask, actor: Actor, now: datetime) -> Edition:
    """Fifty copies of «Каркасон», three of them written off by mistake."""
    with transaction():
        publisher_id = add_publisher("Feelindigo", actor=actor, at=now).id
    game = make_game(
        EditionFactsFactory(sku="KARK-1", ean13="4006381333931"), title="Каркасон", publisher_id=publisher_id
    )
    edition, place = editions_of(game)[0], make_location("Основний склад")
    make_stock(edition, place, 50)
    with transaction():
        stock.write_off(
            [stock.Line(edition.id, 3)], location_id=place.id, reason="не та коробка", key=key(), actor=actor, at=now
        )
    edition = db.session.get_one(Edition, edition.id)
    db.session.expunge(edition)
    db.session.rollback()
    return edition


def _on_hand(edition: Edition) -> int:
    db.session.rollback()
    return db.session.scalars(db.select(StockLevel.on_hand).where(StockLevel.edition_id == edition.id)).one()


def test_the_mistaken_write_off_is_found_by_one_click_and_undone(page: Page, carcassonne: Edition) -> None:
    page.keyboard.press("/")
    page.keyboard.type("карк")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Основний склад: 47")
    page.click("td .why")
    expect(page.locator("h1")).to_have_text("Чому тут 47?")
    page.locator("tr", has_text="не та коробка").get_by_role("link", name="Сторнувати").click()
    page.fill("input[name=reason]", "коробка знайшлася")
    page.get_by_role("button", name="Сторнувати документ").click()
    expect(page.locator(".flash.ok")).to_be_visible()
    assert _on_hand(carcassonne) == 50
    assert verify(at=datetime.fromisoformat("2027-03-02T00:00:00+00:00"))[1] == []


def test_a_delivery_is_received_by_scanning_and_an_unknown_code_is_attached(page: Page, carcassonne: Edition) -> None:
    other = make_game(title="Дикий ліс").id
    page.goto("/admin/receipts/")
    page.fill("[data-scan]", "4006381333931")
    page.press("[data-scan]", "Enter")
    page.locator("[name=quantity]").last.fill("24")
    page.fill("[data-scan]", "9780201379624")
    page.press("[data-scan]", "Enter")
    expect(page.locator("[data-row=unknown]")).to_contain_text("9780201379624")
    page.locator("[data-attaches] [role=combobox]").fill("дик")
    page.locator("[data-attaches] [role=option]", has_text="Дикий ліс").click()
    expect(page.locator("[data-lines] [data-row=known]")).to_have_count(2)
    page.locator("[data-book]").click()
    expect(page.locator("h1")).to_have_text("Прийнято 25 примірників")
    assert _on_hand(carcassonne) == 71
    assert [edition.ean13 for edition in editions_of(db.session.get_one(Game, other))] == ["9780201379624"]


def test_a_code_scanned_while_the_cursor_stands_in_a_quantity_is_a_line_of_its_own(
    page: Page, carcassonne: Edition
) -> None:
    other = editions_of(make_game(title="Дикий ліс"))[0].sku
    page.goto("/admin/receipts/")
    page.fill("[data-scan]", "4006381333931")
    page.press("[data-scan]", "Enter")
    quantities = page.locator("[data-lines] [name=quantity]")
    quantities.first.focus()
    page.keyboard.type("24")
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    expect(quantities).to_have_count(2)
    assert [quantities.nth(place).input_value() for place in (0, 1)] == ["1", "24"]


def test_prices_of_a_publisher_are_previewed_applied_and_taken_back(page: Page, carcassonne: Edition) -> None:
    page.goto("/admin/prices/")
    page.select_option("select[name=publisher]", label="Feelindigo")
    page.fill("input[name=percent]", "7")
    page.fill("input[name=reason]", "курс")
    page.click("text=Показати, що зміниться")
    expect(page.locator("tr", has_text="Каркасон")).to_contain_text("949")
    page.get_by_role("button", name="Змінити 1 ціну").click()
    expect(page.locator(".flash.ok")).to_contain_text("Змінено 1 ціну")
    page.fill("input[name=reason]", "помилка")
    page.get_by_role("button", name="Повернути попередні ціни").click()
    expect(page.locator(".chip.warn")).to_have_text("ціни повернуто")
    db.session.rollback()
    assert db.session.get_one(Edition, carcassonne.id).price == 890


def test_games_are_hidden_together_only_after_a_yes(page: Page, carcassonne: Edition) -> None:
    page.goto("/admin/games/")
    page.check("input[name=rowid]")
    page.click(".bulk button[value=hide]")
    page.click("#confirm button[value=no]")
    db.session.rollback()
    assert db.session.get_one(Game, carcassonne.game_id).state is GameState.ON_SALE
    page.click(".bulk button[value=hide]")
    page.click("#confirm button[value=yes]")
    expect(page.locator(".flash.ok")).to_contain_text("Приховано 1 гру")


def test_a_game_gets_another_edition_and_a_new_publisher_in_its_form(page: Page, carcassonne: Edition) -> None:
    page.goto(f"/admin/games/edit/?id={carcassonne.game_id}")
    page.click("[data-add-row]")
    page.locator("[data-row]").last.locator("select").first.select_option("en")
    page.locator("[data-row]").last.locator("input[name$=price]").fill("1 099,50")
    publisher = page.locator("[data-link][data-name=publisher_id] [role=combobox]")
    publisher.fill("Новий видавець")
    page.locator("[role=option]", has_text="Новий видавець").click()
    expect(page.locator("[data-name=publisher_id] .pick")).to_contain_text("Новий видавець")
    page.click(".dock button.primary")
    expect(page.locator(".flash.ok")).to_be_visible()
    db.session.rollback()
    game = db.session.get_one(Game, carcassonne.game_id)
    assert db.session.get_one(Publisher, game.publisher_id).name == "Новий видавець"
    assert [str(edition.price) for edition in editions_of(game)] == ["890.00", "1099.50"]


def test_a_category_is_added_in_a_dialog_and_a_mistake_is_told_there(page: Page, carcassonne: Edition) -> None:
    page.goto("/admin/categories/")
    page.click("text=Додати категорію")
    page.fill("#modal input[name=name]", "Абстрактна")
    page.click("#modal button.primary")
    expect(page.locator(".flash.ok")).to_contain_text("Абстрактна")
    page.click("text=Додати категорію")
    page.fill("#modal input[name=name]", "Абстрактна")
    page.click("#modal button.primary")
    expect(page.locator("#modal .error")).to_be_visible()


def test_filters_open_narrow_the_list_and_are_taken_away(page: Page, carcassonne: Edition) -> None:
    page.goto("/admin/movements/")
    page.click("[data-panel]")
    page.select_option(".sheet select[name=kind]", "write_off")
    page.fill(".sheet input[name=since]", "2027-01-01")
    page.click(".sheet button.primary")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator(".chip.on").first.click()
    expect(page.locator("tbody tr")).to_have_count(2)


PATHS = ["/admin/", "/admin/games/", "/admin/levels/", "/admin/receipts/", "/admin/audit/", "/"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_phone(phone: Page, carcassonne: Edition, path: str) -> None:
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    assert phone.get_attribute("html", "lang") == "uk"
