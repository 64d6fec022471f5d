"""What the staff's form of a game shows."""

from decimal import Decimal

from flask import Flask

from shop.audit.models import AuditEntry
from shop.catalog.models import Category
from shop.db import db, transaction
from shop.pages.game_form import game_form_page
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock, refused
from tests.statements import counted


def test_a_form_shows_a_game_with_its_words_its_editions_and_their_prices_in_four_statements(app: Flask) -> None:
    with transaction():
        db.session.add(Category(id=7, name="Фермерство", name_en="Farming", slug="farming", sort_key="фермерство"))
    new, old = EditionFactsFactory(sku="A-1", price=Decimal(900)), EditionFactsFactory(sku="A-2", price=Decimal(700))
    game = make_game(new, old, title="Агрікола", category_ids=frozenset({7}), designers=("Уве", "Ада"))
    make_stock(editions_of(game)[0], make_location("Склад"), 3)
    make_stock(editions_of(game)[0], make_location("Зала"), 4)
    newest = db.session.scalar(db.select(db.func.max(AuditEntry.id)))
    game_id = game.id
    with counted() as statements:
        page = game_form_page(game_id)
    assert len(statements) == 4
    assert (page.id, page.game.title, page.game.version, page.game.last_entry) == (game_id, "Агрікола", 1, newest)
    assert [(each.sku, each.price, each.available) for each in page.editions] == [("A-1", 900, 7), ("A-2", 700, 0)]
    assert (page.category_ids, page.mechanic_ids, page.designers) == ({7}, frozenset(), ["Ада", "Уве"])
    assert [(each.sku, each.old_price, each.new_price) for each in page.prices] == [
        ("A-2", None, 700),
        ("A-1", None, 900),
    ]


def test_a_game_that_is_not_there_has_no_form(app: Flask) -> None:
    with refused("game_not_found"):
        game_form_page(404)
