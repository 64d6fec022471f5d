"""Which fields need a permission, and which never stand in rows that stay for ever."""

from shop.accounts.rules import Permission
from shop.audit.fields import FIELDS, may_see, visible, without_personal


def test_every_permission_of_a_field_is_one_that_there_is() -> None:
    assert {field.permission for field in FIELDS.values()} - {""} <= set(Permission)


def test_costs_are_seen_by_those_only_who_may() -> None:
    change = {"cost": ["1", "2"], "price": ["3", "4"]}
    assert visible(change, {Permission.CATALOG_READ}) == {"price": ["3", "4"]}
    assert visible(change, {Permission.COST_READ}) == change
    assert may_see("something", ())


def test_of_a_personal_value_only_that_it_changed_stays() -> None:
    assert without_personal({"email": [None, "a@x.ua"], "name": ["А", "Б"]}) == {
        "email": [None, "…"],
        "name": ["А", "Б"],
    }
