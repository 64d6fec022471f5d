"""The audit as the staff read it."""

from collections.abc import Callable
from decimal import Decimal

from flask import Flask

from shop.audit.rules import AuditCode
from tests.clients import Browser, browser
from tests.factories import EditionFactsFactory, make_game


def test_who_may_not_see_costs_does_not_find_them_in_the_audit(staff: Callable[..., Browser]) -> None:
    make_game(EditionFactsFactory(cost=Decimal("412.37")), title="Каркасон")
    assert "412,37" in staff("manager").get("/admin/audit/").text
    page = staff("viewer").get("/admin/audit/").text
    assert "Каркасон" in page
    assert "412,37" not in page


def test_sign_ins_do_not_drown_the_list_and_are_found_by_their_filter(
    app: Flask, staff: Callable[..., Browser]
) -> None:
    make_game(title="Каркасон")
    owner = staff("owner")
    browser(app).sign_in("nobody@x.ua", "wrong")
    pages = {
        asked: owner.get(f"/admin/audit/{asked}").text.partition("<tbody>")[2]
        for asked in ("", "?sign_ins=with", "?sign_ins=only", f"?code={AuditCode.SIGN_IN_REFUSED}")
    }
    refused = "пошта, якої немає в жодного облікового запису"
    assert [("Каркасон" in page, refused in page) for page in pages.values()] == [
        (True, False),
        (True, True),
        (False, True),
        (False, True),
    ]
    assert "хтось, хто не ввійшов" in pages["?sign_ins=only"]


def test_the_audit_is_a_file_with_its_filter_and_without_hidden_costs(staff: Callable[..., Browser]) -> None:
    make_game(EditionFactsFactory(cost=Decimal("412.37"), sku="KARK-1"), title="Каркасон")
    make_game(title="Азул")
    whole = staff("manager").get("/admin/audit/export/csv/").text
    assert "412,37" in whole
    assert "Каркасон" in whole
    viewer = staff("viewer")
    seen = viewer.get("/admin/audit/export/csv/?search=карк").text
    assert ("Каркасон" in seen, "Азул" in seen, "412,37" in seen) == (True, False, False)
    assert seen.splitlines()[0].endswith("Коли;Хто;Що;Що саме;Назва;Було → стало;Причина")
    assert staff("warehouse").get("/admin/audit/export/csv/").status_code == 403
