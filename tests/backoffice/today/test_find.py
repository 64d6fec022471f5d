"""Finding anything, and what forms ask while one scans."""

from shop.catalog.models import Edition
from shop.db import db
from tests.clients import Browser
from tests.factories import editions_of, make_game


def test_an_unknown_barcode_can_be_attached_and_is_known_then(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    unknown = manager.get("/admin/find/code/?q=4820000000123")
    assert unknown.status_code == 404
    attached = manager.post("/admin/find/attach/", data={"edition_id": edition.id, "code": "4006381333931"})
    assert attached.status_code == 200
    assert manager.get("/admin/find/code/?q=4006381333931").json["id"] == edition.id
    db.session.rollback()
    assert db.session.get_one(Edition, edition.id).ean13 == "4006381333931"
    landed = manager.get("/admin/find/?q=4006381333931")
    assert landed.headers["Location"] == f"/admin/why/{edition.id}/"


def test_a_refused_barcode_is_told_to_the_script_that_asked(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    fields = {"edition_id": edition.id, "code": "4820000000001"}
    answer = manager.post("/admin/find/attach/", data=fields, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["code"] == "code_wrong"


def test_a_code_attached_by_mistake_is_detached_again(manager: Browser) -> None:
    edition = editions_of(make_game())[0]
    for code in ("4006381333931", "GEEK-17", "96385074"):
        sent = {"edition_id": edition.id, "code": code}
        assert manager.post("/admin/find/attach/", data=sent).json["id"] == edition.id
        assert manager.post("/admin/find/detach/", data=sent).json["code"] == code
        assert manager.get(f"/admin/find/code/?q={code}").status_code == 404
