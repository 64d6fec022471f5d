"""Composing roles."""

from datetime import datetime

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.models import Role
from shop.accounts.rules import NEEDS, OWNER, ROLES, Permission
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.db import db, transaction
from tests.factories import refused
from tests.factories.people import make_account
from tests.threads import all_at_once


def _role(name: str) -> Role:
    return next(role for role in queries.all_roles() if role.name == name)


def _compose(actor: Actor, now: datetime, name: str = "Касир", *permissions: Permission) -> int:
    with transaction():
        given = permissions or (Permission.STOCK_READ, Permission.CATALOG_READ)
        return accounts.add_role(name, permissions=given, actor=actor, at=now).id


def _change(role_id: int, actor: Actor, now: datetime, *permissions: Permission, name: str = "інша") -> None:
    version = queries.role_by_id(role_id).version
    with transaction():
        accounts.change_role(role_id, name=name, permissions=permissions, version=version, actor=actor, at=now)


def _codes() -> list[AuditCode]:
    return list(db.session.scalars(db.select(AuditEntry.code).order_by(AuditEntry.id)))


def test_a_composed_role_opens_just_that(app: Flask, actor: Actor, now: datetime) -> None:
    _compose(actor, now)
    assert make_account("Касир").permissions == {Permission.CATALOG_READ, Permission.STOCK_READ}
    assert _codes()[0] == AuditCode.ROLE_ADDED


def test_a_name_belongs_to_one_role(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _compose(actor, now)
    with refused("name_taken"):
        _compose(actor, now, " Касир ")
    with refused("name_taken"):
        _change(role_id, actor, now, name="viewer")
    with refused("name_wrong"):
        _compose(actor, now, " ")


def test_a_changed_role_changes_what_its_people_may_do_at_once(app: Flask, actor: Actor, now: datetime) -> None:
    account_id = make_account("viewer").id
    role_id = _role("viewer").id
    _change(role_id, actor, now, Permission.STOCK_READ)
    assert queries.account_by_id(account_id).permissions == {Permission.STOCK_READ}
    assert queries.role_by_id(role_id).name == "viewer"  # a built-in role keeps its name
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.ROLE_CHANGED)).one()
    assert entry.changes == {"permissions": [sorted(ROLES["viewer"]), ["stock:read"]]}


def test_a_role_of_our_own_is_renamed(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _compose(actor, now)
    _change(role_id, actor, now, Permission.STOCK_READ, name="Старший касир")
    assert queries.role_by_id(role_id).name == "Старший касир"


def test_the_owners_role_cannot_be_changed(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _role(OWNER).id
    with refused("owner_role"):
        _change(role_id, actor, now, name="owner")


def test_names_that_differ_in_capitals_only_are_one_name(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _compose(actor, now)
    for spelling in ("КАСИР", "касир", " касиР "):
        with refused("name_taken") as refusal:
            _compose(actor, now, spelling)
        assert refusal.value.field == "name"
    with refused("name_taken"):
        _compose(actor, now, "OWNER")
    _change(role_id, actor, now, name="КАСИР")  # its own name in capitals is still its own
    assert queries.role_by_id(role_id).name == "КАСИР"


def test_who_edits_what_another_has_just_changed_is_told_whose_change_it_was(
    app: Flask, actor: Actor, now: datetime
) -> None:
    role_id = _compose(actor, now)
    seen = queries.role_by_id(role_id).version
    _change(role_id, make_account("owner", name="Марта").actor, now, Permission.STOCK_READ, name="Касир")
    with refused("changed_meanwhile") as refusal, transaction():
        accounts.change_role(role_id, name="Касир", permissions=[], version=seen, actor=actor, at=now)
    assert "Марта" in str(refusal.value)
    assert queries.role_by_id(role_id).permissions == ["stock:read"]


def test_a_save_that_changes_nothing_disturbs_nobody(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _compose(actor, now)
    before = queries.role_by_id(role_id).version
    _change(role_id, actor, now, Permission.STOCK_READ, Permission.CATALOG_READ, name="Касир")
    assert queries.role_by_id(role_id).version == before


def test_of_owners_who_save_one_role_at_once_one_is_saved_and_the_others_are_told(
    app: Flask, actor: Actor, now: datetime
) -> None:
    role_id = _compose(actor, now)
    version = queries.role_by_id(role_id).version
    alone = [permission for permission in Permission if not NEEDS.get(permission)]
    given = [[permission] for permission in alone[:6]]
    refusals = all_at_once(
        app,
        [
            lambda permissions=permissions: accounts.change_role(
                role_id, name="Касир", permissions=permissions, version=version, actor=actor, at=now
            )
            for permissions in given
        ],
    )
    assert refusals == ["changed_meanwhile"] * 5


def test_a_permission_that_does_not_exist_cannot_be_given(app: Flask, actor: Actor, now: datetime) -> None:
    with pytest.raises(ValueError, match="moon:land"):
        _compose(actor, now, "Мрійник", "moon:land")


@pytest.mark.parametrize("name", sorted(ROLES))
def test_a_built_in_role_stays(app: Flask, actor: Actor, now: datetime, name: str) -> None:
    role_id = _role(name).id
    with refused("role_builtin"), transaction():
        accounts.remove_role(role_id, actor=actor, at=now)


def test_a_role_that_somebody_has_stays_and_an_unused_one_goes(app: Flask, actor: Actor, now: datetime) -> None:
    role_id = _compose(actor, now)
    account = make_account("Касир")
    with refused("role_in_use"), transaction():
        accounts.remove_role(role_id, actor=actor, at=now)
    with transaction():
        accounts.change_staff(
            account.id,
            email="kasyr@shop.ua",
            name="Касир",
            roles=["viewer"],
            version=queries.account_by_id(account.id).version,
            actor=actor,
            at=now,
        )
    with transaction():
        accounts.remove_role(role_id, actor=actor, at=now)
    assert "Касир" not in [role.name for role in queries.all_roles()]
    assert _codes()[-1] == AuditCode.ROLE_REMOVED
    with refused("role_not_found"), transaction():
        accounts.remove_role(role_id, actor=actor, at=now)


def test_roles_are_listed_with_the_number_of_their_people(app: Flask) -> None:
    for roles in (["owner"], ["manager", "translator"], ["manager"]):
        make_account(*roles)
    counted = {str(each.role.name): each.people for each in queries.roles_with_people()}
    assert counted == {"owner": 1, "manager": 2, "warehouse": 0, "translator": 1, "viewer": 0}


def test_a_permission_that_is_of_no_use_alone_is_refused_with_what_it_needs(
    app: Flask, actor: Actor, now: datetime
) -> None:
    with refused("permission_needs") as refusal:
        _compose(actor, now, "Ціни", Permission.PRICE_WRITE)
    assert (refusal.value.field, refusal.value.values["needed"]) == ("permissions", [Permission.CATALOG_READ])
    role_id = _compose(actor, now, "Ціни", Permission.PRICE_WRITE, Permission.CATALOG_READ)
    with refused("permission_needs"):
        _change(role_id, actor, now, Permission.STOCK_RECEIVE, Permission.CATALOG_READ)
    assert queries.role_by_id(role_id).permissions == ["catalog:read", "price:write"]
