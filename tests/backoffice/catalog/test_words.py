"""The reference lists are edited in a dialog over the list."""

from collections.abc import Callable
from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.operations.publishers import add_publisher
from shop.db import transaction
from tests.clients import Browser

LISTS = ("publishers", "categories", "mechanics")


@pytest.mark.parametrize("listed", LISTS)
def test_a_viewer_reads_a_list_but_adds_nothing(staff: Callable[[str], Browser], listed: str) -> None:
    viewer = staff("viewer")
    assert viewer.get(f"/admin/{listed}/").status_code == 200
    assert viewer.get(f"/admin/{listed}/new/").status_code == 403


def test_a_row_opens_in_its_form_with_its_name_and_a_missing_one_is_told(
    manager: Browser, actor: Actor, now: datetime
) -> None:
    with transaction():
        row_id = add_publisher("Feelindigo", actor=actor, at=now).id
    assert "Feelindigo" in manager.get(f"/admin/publishers/edit/?id={row_id}").text
    assert manager.get("/admin/publishers/edit/?id=777").status_code == 404
