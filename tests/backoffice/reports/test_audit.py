"""The audit as the staff read it."""

from collections.abc import Callable
from decimal import Decimal

from tests.clients import Browser
from tests.factories import EditionFactsFactory, make_game


def test_who_may_not_see_costs_does_not_find_them_in_the_audit(staff: Callable[..., Browser]) -> None:
    make_game(EditionFactsFactory(cost=Decimal("412.37")), title="Каркасон")
    assert "412,37" in staff("manager").get("/admin/audit/").text
    page = staff("viewer").get("/admin/audit/").text
    assert "Каркасон" in page
    assert "412,37" not in page
