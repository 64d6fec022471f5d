"""The shop always keeps an owner, and nobody reaches beyond what they may do themselves."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.accounts.rules import OWNER, Permission
from shop.audit.rules import Actor
from shop.db import db, transaction
from shop.errors import Conflict
from tests.factories import refused
from tests.factories.people import PASSWORD, make_account, role_names
from tests.threads import Deed, all_at_once
from web.passwords import new_password


def _active_owners() -> list[int]:
    db.session.rollback()
    return sorted(a.id for a in queries.all_accounts() if a.active and OWNER in [role.name for role in a.roles])


def _without_owner_role(account_id: int, actor: Actor, now: datetime) -> None:
    account = queries.account_by_id(account_id)
    accounts.change_staff(
        account_id,
        email=account.email,
        name=account.name,
        roles=["viewer"],
        version=account.version,
        actor=actor,
        at=now,
    )


def _deactivated(account_id: int, actor: Actor, now: datetime) -> None:
    accounts.deactivate(account_id, actor=actor, at=now)


def test_the_last_owner_is_not_deactivated_by_anyone(app: Flask, actor: Actor, now: datetime) -> None:
    owner = make_account("owner")
    owner_id, themself = owner.id, owner.actor
    for doer in (actor, themself):
        with refused("last_owner"), transaction():
            accounts.deactivate(owner_id, actor=doer, at=now)
    assert _active_owners() == [owner_id]


def test_the_last_owner_keeps_the_role(app: Flask, now: datetime) -> None:
    owner = make_account("owner")
    owner_id, themself = owner.id, owner.actor
    with refused("last_owner"), transaction():
        _without_owner_role(owner_id, themself, now)
    assert role_names(owner_id) == ["owner"]


def test_an_owner_who_cannot_sign_in_does_not_count(app: Flask, actor: Actor, now: datetime) -> None:
    first, second = make_account("owner").id, make_account("owner").id
    with transaction():
        accounts.deactivate(first, actor=actor, at=now)
    with refused("last_owner"), transaction():
        accounts.deactivate(second, actor=actor, at=now)
    with transaction():
        _without_owner_role(first, actor, now)  # who is not active may lose the role
    assert _active_owners() == [second]


@pytest.mark.parametrize("deed", [_deactivated, _without_owner_role])
def test_two_last_owners_cannot_remove_each_other_at_once(
    app: Flask, now: datetime, deed: Callable[[int, Actor, datetime], None]
) -> None:
    first, second = make_account("owner"), make_account("owner")
    pairs = [(first.id, second.actor), (second.id, first.actor)]
    refusals = all_at_once(app, [lambda pair=pair: deed(*pair, now) for pair in pairs])
    assert len(refusals) == 1
    assert refusals[0] in ("last_owner", "beyond_own")  # the second had lost the right to, or was the last
    assert len(_active_owners()) == 1


def test_of_eight_owners_removed_at_once_one_stays(app: Flask, actor: Actor, now: datetime) -> None:
    owners = [make_account("owner").id for _ in range(8)]
    deeds = [lambda number=number: accounts.deactivate(number, actor=actor, at=now) for number in owners]
    assert all_at_once(app, deeds) == ["last_owner"]
    assert len(_active_owners()) == 1


def test_two_people_who_change_one_account_at_once_do_not_fail(app: Flask, actor: Actor, now: datetime) -> None:
    account_id = make_account().id
    words = ["вітрила під ковдрою 42", "равлик грає на флейті", "сьома скриня порожня"]
    deeds: list[Deed] = [
        lambda word=word: accounts.set_password(account_id, new_password(word), actor=actor, at=now) for word in words
    ]
    deeds.append(lambda: accounts.deactivate(account_id, actor=actor, at=now))
    assert all_at_once(app, deeds) == []
    db.session.rollback()
    assert not queries.account_by_id(account_id).active


def _helper(actor: Actor, now: datetime) -> Actor:
    """Somebody with a role of the owner's making that changes staff and roles, and sees the catalogue."""
    powers = [Permission.CATALOG_READ, Permission.ROLE_WRITE, Permission.STAFF_WRITE]
    with transaction():
        accounts.add_role("кадри", permissions=powers, actor=actor, at=now)
    return make_account("кадри").actor


def _make_themself_owner(helper: Actor, _owner_id: int, now: datetime) -> None:
    account = queries.account_by_id(helper.id or 0)
    accounts.change_staff(
        account.id,
        email=account.email,
        name=account.name,
        roles=["кадри", "owner"],
        version=account.version,
        actor=helper,
        at=now,
    )


def _add_an_owner(helper: Actor, _owner_id: int, now: datetime) -> None:
    accounts.add_staff(
        "friend@shop.ua", name="Друг", password=new_password(PASSWORD), roles=["owner"], actor=helper, at=now
    )


def _give_the_owner_a_password(helper: Actor, owner_id: int, now: datetime) -> None:
    accounts.set_password(owner_id, new_password("вітрила під ковдрою 42"), actor=helper, at=now)


def _deactivate_an_owner(helper: Actor, owner_id: int, now: datetime) -> None:
    accounts.deactivate(owner_id, actor=helper, at=now)


def _take_the_owners_role(helper: Actor, owner_id: int, now: datetime) -> None:
    _without_owner_role(owner_id, helper, now)


def _compose_a_mightier_role(helper: Actor, _owner_id: int, now: datetime) -> None:
    accounts.add_role("усе", permissions=list(Permission), actor=helper, at=now)


def _widen_their_own_role(helper: Actor, _owner_id: int, now: datetime) -> None:
    role = next(role for role in queries.all_roles() if role.name == "кадри")
    accounts.change_role(
        role.id, name="кадри", permissions=list(Permission), version=role.version, actor=helper, at=now
    )


def _strip_the_managers(helper: Actor, _owner_id: int, now: datetime) -> None:
    role = next(role for role in queries.all_roles() if role.name == "manager")
    accounts.change_role(role.id, name="manager", permissions=[], version=role.version, actor=helper, at=now)


@pytest.mark.parametrize(
    "deed",
    [
        _add_an_owner,
        _compose_a_mightier_role,
        _deactivate_an_owner,
        _give_the_owner_a_password,
        _make_themself_owner,
        _strip_the_managers,
        _take_the_owners_role,
        _widen_their_own_role,
    ],
)
def test_who_changes_staff_does_not_reach_beyond_their_own_permissions(
    app: Flask, actor: Actor, now: datetime, deed: Callable[[Actor, int, datetime], None]
) -> None:
    owners = [make_account("owner").id for _ in range(2)]
    helper = _helper(actor, now)
    with pytest.raises(Conflict) as refusal, transaction():
        deed(helper, owners[0], now)
    assert refusal.value.code == "beyond_own"
    assert _active_owners() == owners


def test_within_their_own_permissions_they_may(app: Flask, actor: Actor, now: datetime) -> None:
    helper = _helper(actor, now)
    with transaction():
        accounts.add_role("гість", permissions=[Permission.CATALOG_READ], actor=helper, at=now)
    with transaction():
        guest_id = accounts.add_staff(
            "guest@shop.ua",
            name="Гість",
            password=new_password(PASSWORD),
            roles=["гість"],
            actor=helper,
            at=now,
        ).id
    with transaction():
        accounts.deactivate(guest_id, actor=helper, at=now)
    assert not queries.account_by_id(guest_id).active
