"""What stands beside the games in the staff's list."""

from flask import Flask

from shop.pages.games import editions_beside
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted


def test_each_game_has_its_editions_with_what_can_be_promised_in_all_locations(app: Flask) -> None:
    both = make_game(EditionFactsFactory(sku="A-1"), EditionFactsFactory(sku="A-2"), title="Азул")
    other = make_game(EditionFactsFactory(sku="B-1"), title="Бенг")
    store, shop = make_location("Склад"), make_location("Зала")
    make_stock(editions_of(both)[0], store, 3)
    make_stock(editions_of(both)[0], shop, 4)
    make_stock(editions_of(other)[0], shop, 1)
    ids = [other.id, both.id]
    with counted() as statements:
        found = editions_beside(ids)
    told = [[(each.sku, each.available) for each in found[game_id]] for game_id in ids]
    assert told == [[("B-1", 1)], [("A-1", 7), ("A-2", 0)]]
    assert len(statements) == 1
