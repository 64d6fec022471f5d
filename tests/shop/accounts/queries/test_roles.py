"""Looking roles up."""

from flask import Flask

from shop.accounts import operations, queries
from shop.accounts.rules import ROLES, Permission
from shop.db import transaction
from tests.factories import AT, SYSTEM, refused
from tests.factories.people import make_account


def test_the_built_in_roles_come_first(app: Flask) -> None:
    with transaction():
        operations.add_role("Аркуш", permissions=[Permission.STOCK_READ], actor=SYSTEM, at=AT)
    names = [role.name for role in queries.all_roles()]
    assert set(names[:-1]) == set(ROLES)
    assert names[-1] == "Аркуш"


def test_each_role_says_how_many_people_have_it(app: Flask) -> None:
    for roles in (["viewer"], ["viewer", "warehouse"]):
        make_account(*roles)
    people = {each.role.name: each.people for each in queries.roles_with_people()}
    assert (people["viewer"], people["warehouse"], people["owner"]) == (2, 1, 0)


def test_a_role_that_is_not_there_is_not_found(app: Flask) -> None:
    role = queries.all_roles()[0]
    assert queries.role_by_id(role.id).name == role.name
    with refused("role_not_found"):
        queries.role_by_id(404)
