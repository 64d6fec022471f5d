"""Levels as the staff list them."""

from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_levels_are_narrowed_by_place_and_state(manager: Browser) -> None:
    place, other = make_location("Склад"), make_location("Крамниця")
    make_stock(editions_of(make_game(title="Каркасон"))[0], place, 9)
    make_stock(editions_of(make_game(title="Азул"))[0], other, 1)
    at_place = manager.get(f"/admin/levels/?location={place.id}").text
    assert ("Каркасон" in at_place, "Азул" in at_place) == (True, False)
    low = manager.get("/admin/levels/?state=low").text
    assert ("Каркасон" in low, "Азул" in low) == (False, True)
    assert manager.get("/admin/levels/?last=1").status_code == 200


def test_levels_are_exported(manager: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location("Склад"), 9)
    assert "Каркасон" in manager.get("/admin/levels/export/csv/").text
    assert manager.get("/admin/levels/export/xls/").status_code == 404
