"""The stock on a day."""

from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_what_was_held_on_a_day_is_shown(manager: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location(), 4)
    assert "Каркасон" in manager.get("/admin/holdings/?on=2027-03-01").text
    assert "Каркасон" not in manager.get("/admin/holdings/?on=2027-02-01").text
    assert manager.get("/admin/holdings/?on=31-31-31").status_code == 200


def test_a_page_beyond_the_end_shows_the_last_one(manager: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location(), 4)
    assert "Каркасон" in manager.get("/admin/holdings/?on=2027-03-01&page=7").text
