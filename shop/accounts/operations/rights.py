"""What no deed on accounts may do: reach beyond the doer's own permissions, or leave the shop without an owner."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.accounts.models import Account, Role, account_role
from shop.accounts.queries import account_by_id
from shop.accounts.rules import OWNER, Permission, permissions_of
from shop.audit.rules import Actor, ActorKind
from shop.db import db
from shop.errors import N_, Conflict


def refuse_beyond_own(actor: Actor, *reached: Iterable[Permission]) -> None:
    """Raises Conflict when an account would give, take or touch more than it may do itself; a command may do all.

    Otherwise whoever may change staff could make themself the owner, or give the owner a password.
    """
    if actor.kind is ActorKind.COMMAND:
        return
    if actor.kind is not ActorKind.STAFF or not set().union(*reached) <= account_by_id(actor.id or 0).permissions:
        raise Conflict("beyond_own", N_("This reaches beyond what your own roles permit."))


def opened_by(roles: Iterable[Role]) -> frozenset[Permission]:
    """What roles permit together."""
    return permissions_of((role.name, role.permissions) for role in roles)


def lock_owners() -> set[int]:
    """The active owners, held until the end of the transaction: two of them can't remove each other at once.

    The lock leaves the role's key free, so that others may be given the role meanwhile.
    """
    locked = select(Role).where(Role.name == OWNER).with_for_update(key_share=True)
    owner_role = db.session.scalars(locked).one()
    owners = (
        select(Account.id)
        .join(account_role, account_role.c.account_id == Account.id)
        .where(account_role.c.role_id == owner_role.id, Account.active)
    )
    return set(db.session.scalars(owners))


def refuse_last_owner(account_id: int, owners: set[int]) -> None:
    """Raises Conflict when nobody could compose roles or add accounts any more."""
    if owners == {account_id}:
        raise Conflict("last_owner", N_("This is the last owner. Make somebody else an owner first."))
