"""What the built-in roles open; the database agrees with the code."""

from flask import Flask

from shop.accounts.queries import all_roles
from shop.accounts.rules import OWNER, ROLES, Permission, lacking, permissions_of


def test_an_owner_may_do_everything_whatever_the_row_says() -> None:
    assert permissions_of([(OWNER, [])]) == set(Permission)


def test_several_roles_open_what_each_of_them_opens() -> None:
    both = permissions_of([("a", ["stock:read"]), ("b", ["audit:read"])])
    assert both == {Permission.STOCK_READ, Permission.AUDIT_READ}


def test_a_permission_that_no_longer_exists_opens_nothing() -> None:
    assert permissions_of([("a", ["moon:land"])]) == set()


def test_only_owners_change_staff_and_roles() -> None:
    powers = {Permission.STAFF_WRITE, Permission.ROLE_WRITE}
    assert [name for name, opened in ROLES.items() if opened & powers] == [OWNER]


def test_a_translator_sees_no_goods_and_the_warehouse_no_cost() -> None:
    assert ROLES["translator"] == {Permission.TRANSLATION_WRITE}
    assert Permission.COST_READ not in ROLES["warehouse"]
    assert Permission.STOCK_WRITE_OFF not in ROLES["warehouse"]


def test_the_migrated_roles_are_those_of_the_code(app: Flask) -> None:
    stored = {str(role.name): permissions_of([(role.name, role.permissions)]) for role in all_roles() if role.builtin}
    assert stored == ROLES


def test_no_built_in_role_lacks_what_its_permissions_need() -> None:
    assert all(lacking(permissions) == {} for permissions in ROLES.values())
    needed = {Permission.STOCK_RECEIVE: [Permission.CATALOG_READ], Permission.PRICE_WRITE: [Permission.CATALOG_READ]}
    assert lacking([Permission.STOCK_RECEIVE, Permission.STOCK_READ, Permission.PRICE_WRITE]) == needed
