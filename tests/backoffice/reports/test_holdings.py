"""The stock on a day."""

from collections.abc import Callable

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


def test_the_stock_on_a_day_is_a_file_with_the_columns_of_the_page(staff: Callable[..., Browser]) -> None:
    place, other = make_location("Склад"), make_location("Крамниця")
    make_stock(editions_of(make_game(title="=Каркасон"))[0], place, 4)
    make_stock(editions_of(make_game(title="Азул"))[0], other, 1)
    answer = staff("manager").get("/admin/holdings/export/csv/?on=2027-03-01")
    header, *lines = answer.text.splitlines()
    assert header.endswith("Назва;Артикул;Примірники;Собівартість")
    assert [line.split(";")[0] for line in lines] == ["'=Каркасон", "Азул"]
    assert lines[0].endswith(";4;2000,00")
    viewer = staff("viewer")
    assert viewer.get("/admin/holdings/export/csv/?on=2027-03-01").text.splitlines()[1].endswith(";4")
    assert len(viewer.get(f"/admin/holdings/export/csv/?on=2027-03-01&location={other.id}").text.splitlines()) == 2
    assert len(viewer.get("/admin/holdings/export/csv/?on=2027-02-01").text.splitlines()) == 1
    assert staff("warehouse").get("/admin/holdings/export/csv/").status_code == 403
    assert viewer.get("/admin/holdings/export/xls/").status_code == 404
