"""Unknown boxes: set aside by the warehouse, seen and settled by the manager."""

from collections.abc import Callable

from shop.stock.queries.boxes import waiting_boxes
from tests.clients import Browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location

CODE = "4820216010374"


def _set_aside(client: Browser, **fields: object) -> int:
    sent = {"code": CODE, "quantity": "3", "location_id": make_location().id, "note": "без назви", "key": "b"} | fields
    answer = client.post("/admin/boxes/set-aside/", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return int(answer.json["id"])


def test_the_warehouse_sets_a_box_aside_and_the_manager_sees_it_today(staff: Callable[..., Browser]) -> None:
    box_id = _set_aside(staff("warehouse", "Ірина"))
    manager = staff("manager")
    for page in ("/admin/", "/admin/boxes/"):
        text = manager.get(page).text
        assert CODE in text
        assert "без назви" in text
        assert "Ірина" in text
        assert f"/admin/receipts/?box={box_id}" in text


def test_a_refused_box_is_told_to_the_script_that_sent_it(manager: Browser) -> None:
    sent = {"code": CODE, "quantity": "0", "location_id": make_location().id, "key": "b"}
    answer = manager.post("/admin/boxes/set-aside/", data=sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["code"]) == (422, "quantity_wrong")
    assert waiting_boxes(limit=5) == []


def test_a_box_whose_code_is_known_now_is_received_and_waits_no_longer(manager: Browser) -> None:
    box_id = _set_aside(manager)
    edition, place = editions_of(make_game(EditionFactsFactory(ean13=CODE), title="Каркасон"))[0], make_location("Тут")
    page = manager.get(f"/admin/receipts/?box={box_id}").text
    assert f'name="box_id" value="{edition.id}:{box_id}"' in page
    fields = {"key": "k", "location_id": place.id, "edition_id": edition.id, "quantity": "3"}
    fields["box_id"] = f"{edition.id}:{box_id}"
    assert manager.post("/admin/receipts/", data=fields).status_code == 303
    assert waiting_boxes(limit=5) == []
    again = manager.post("/admin/receipts/", data=fields | {"key": "other"})
    assert again.status_code == 200
    assert "розібрано" in again.text


def test_a_box_is_taken_off_the_list_by_those_who_keep_the_catalogue(staff: Callable[..., Browser]) -> None:
    warehouse = staff("warehouse")
    box_id = _set_aside(warehouse)
    assert warehouse.post(f"/admin/boxes/{box_id}/settle/").status_code == 403
    assert staff("manager").post(f"/admin/boxes/{box_id}/settle/").status_code == 303
    assert waiting_boxes(limit=5) == []
