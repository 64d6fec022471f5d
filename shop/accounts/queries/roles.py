"""Reading roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from shop.accounts.models import Role, account_role
from shop.accounts.rules import Permission, permissions_of
from shop.db import db, reading
from shop.errors import N_, NotFound


@dataclass(frozen=True)
class RoleWithPeople:
    """A role and how many accounts have it."""

    role: Role
    people: int


def all_roles() -> Sequence[Role]:
    """The roles, the built-in ones first."""
    return db.session.scalars(select(Role).order_by(Role.builtin.desc(), Role.id)).all()


def roles_with_people() -> Sequence[RoleWithPeople]:
    """The roles with the number of accounts that have them."""
    people = select(func.count()).where(account_role.c.role_id == Role.id).scalar_subquery()
    counted = select(Role, people).order_by(Role.builtin.desc(), Role.id)
    return [RoleWithPeople(role, count) for role, count in db.session.execute(counted)]


def role_by_id(role_id: int) -> Role:
    """The role. Raises NotFound."""
    role = db.session.get(Role, role_id)
    if role is None:
        raise NotFound("role_not_found", N_("There is no such role."))
    return role


def permissions_of_account(account_id: int) -> frozenset[Permission]:
    """All that the roles of an account open."""
    rows = select(Role.name, Role.permissions).join(account_role, account_role.c.role_id == Role.id)
    with reading() as connection:
        found = connection.execute(rows.where(account_role.c.account_id == account_id).order_by(Role.id))
        return permissions_of((row.name, row.permissions or ()) for row in found)
