"""The places that hold copies, as the staff edit them."""

from shop.db import db
from shop.stock.models import Location
from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_a_place_with_copies_is_not_archived_and_it_is_said_where_the_button_was(manager: Browser) -> None:
    place = make_location("Склад")
    make_stock(editions_of(make_game())[0], place, 3)
    answer = manager.post(f"/admin/locations/{place.id}/archive/", follow_redirects=True)
    assert answer.request.path == "/admin/locations/"
    assert 'class="flash bad"' in answer.text
    db.session.rollback()
    assert db.session.get_one(Location, place.id).archived_at is None


def test_an_empty_place_is_archived_and_restored(manager: Browser) -> None:
    place = make_location("Склад")
    for deed, archived in (("archive", True), ("restore", False)):
        assert manager.post(f"/admin/locations/{place.id}/{deed}/").status_code == 303
        db.session.rollback()
        assert (db.session.get_one(Location, place.id).archived_at is not None) is archived
