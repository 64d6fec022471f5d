"""The list of places, and where deliveries are likeliest to go."""

import pytest

from shop.paging import Place
from shop.stock.queries.locations import fullest_location_id, location_by_id, locations, usable_locations
from tests.factories import editions_of, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def test_places_stand_in_ukrainian_order_with_their_copies() -> None:
    assert fullest_location_id() is None
    store, shop = make_location("Склад"), make_location("Ґанок")
    make_stock(editions_of(make_game())[0], store, 3)
    page = locations(place=Place(), size=10)
    assert [(row.name, row.copies) for row in page.rows] == [("Ґанок", 0), ("Склад", 3)]
    assert [each.id for each in usable_locations()] == [shop.id, store.id]
    assert fullest_location_id() == store.id
    assert location_by_id(shop.id).name == "Ґанок"
    with refused("location_not_found"):
        location_by_id(99)
