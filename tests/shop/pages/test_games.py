"""What stands beside the games in the staff's list."""

from decimal import Decimal

from flask import Flask

from shop.accounts.rules import Permission
from shop.catalog.queries.games import GameSort
from shop.catalog.rules.wishes import Wish
from shop.pages.games import editions_beside, exported_editions
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


def test_the_file_has_the_order_of_the_list_and_what_can_be_promised(app: Flask) -> None:
    cheap, dear = (
        make_game(EditionFactsFactory(price=Decimal(price)), title=title) for title, price in (("А", 100), ("Б", 900))
    )
    for quantity, place in ((2, make_location("Склад")), (3, make_location("Крамниця"))):
        make_stock(editions_of(dear)[0], place, quantity)
    for down, order in ((False, [cheap, dear]), (True, [dear, cheap])):
        rows = list(exported_editions(Wish(), [Permission.CATALOG_READ], sort=GameSort.PRICE, down=down))
        assert [row.title for row in rows] == [game.title for game in order]
        assert sorted(row[-1] for row in rows) == [0, 5]
