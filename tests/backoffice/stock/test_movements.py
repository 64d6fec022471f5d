"""Movements as the staff list them, page after page."""

import re

from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_the_end_of_a_list_is_reached_and_left_again(manager: Browser) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    for _ in range(27):
        make_stock(edition, place, 1)
    last = manager.get("/admin/movements/?last=1").text
    assert last.count(">№\N{NO-BREAK SPACE}") == 25
    back = re.search(r'rel="prev" href="([^"]+)"', last)[1].replace("&amp;", "&")
    assert manager.get(back).text.count(">№\N{NO-BREAK SPACE}") == 2


def test_movements_are_narrowed_by_kind_and_day(manager: Browser) -> None:
    make_stock(editions_of(make_game(title="Каркасон"))[0], make_location(), 9)
    assert "Каркасон" in manager.get("/admin/movements/?kind=receipt").text
    assert "Каркасон" not in manager.get("/admin/movements/?kind=write_off").text
    assert "Каркасон" not in manager.get("/admin/movements/?until=2020-01-01").text
