"""Levels as the staff list them."""

import re

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


def test_levels_are_sorted_by_quantity_and_turned_page_by_page(manager: Browser) -> None:
    place = make_location("Склад")
    for number in range(30):
        make_stock(editions_of(make_game(title=f"Гра {number:02}"))[0], place, 30 - number)
    page = manager.get("/admin/levels/?sort=on_hand").text
    assert re.findall(r"Гра \d\d</a>", page)[:3] == ["Гра 29</a>", "Гра 28</a>", "Гра 27</a>"]
    assert 'aria-sort="ascending"' in page
    last = manager.get("/admin/levels/?sort=on_hand&last=1").text
    assert re.findall(r"Гра \d\d</a>", last)[-1] == "Гра 00</a>"
    assert re.findall(r"Гра \d\d</a>", manager.get("/admin/levels/?sort=on_hand&desc=1").text)[0] == "Гра 00</a>"


def test_the_file_has_the_columns_of_the_screen_its_filter_and_its_order(manager: Browser) -> None:
    place = make_location("Склад")
    for title, quantity in (("Азул", 1), ("Бункер", 9), ("=Вирій", 2)):
        make_stock(editions_of(make_game(title=title))[0], place, quantity)
    header, *lines = manager.get("/admin/levels/export/csv/?sort=on_hand&desc=1").text.splitlines()
    columns = "Назва;Артикул;Штрихкод;Мова;Стан коробки;Місце зберігання;Залишок;У резерві;Доступно;Стан"
    assert header.split(";")[0].endswith("Назва")
    assert header.count(";") == columns.count(";")
    assert [line.split(";")[0] for line in lines] == ["Бункер", "'=Вирій", "Азул"]
    assert lines[2].endswith("Склад;1;0;1;мало")
    assert len(manager.get("/admin/levels/export/csv/?state=low").text.splitlines()) == 3


def test_tabs_lead_to_what_they_count(manager: Browser) -> None:
    place = make_location("Склад")
    for title, quantity in (("Азул", 1), ("Бункер", 9)):
        make_stock(editions_of(make_game(title=title))[0], place, quantity)
    page = manager.get("/admin/levels/?state=low").text
    tabs = re.findall(r'<a href="([^"]+)"([^>]*)>(\w+) <span>(\d+)</span></a>', page)
    assert [(address, name, count) for address, _, name, count in tabs] == [
        ("/admin/levels/", "Усі", "2"),
        ("/admin/levels/?state=low", "Мало", "1"),
    ]
    assert "aria-current" in tabs[1][1]
    still = manager.get("/admin/levels/?state=still").text
    assert ("Азул" in still, manager.get("/admin/levels/?state=empty").status_code) == (False, 200)
