"""Reading accounts and roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from shop.accounts.emails import normal_email
from shop.accounts.models import Account, Role, account_role
from shop.db import db
from shop.errors import N_, NotFound


@dataclass(frozen=True)
class RoleWithPeople:
    """A role and how many accounts have it."""

    role: Role
    people: int


def account_by_id(account_id: int) -> Account:
    """The account. Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound("account_not_found", N_("There is no such account."))
    return account


def account_by_email(email: str) -> Account:
    """The account with this address, in any spelling of it. Raises NotFound, Invalid when it is no address."""
    account = db.session.scalar(select(Account).where(Account.email == normal_email(email)))
    if account is None:
        raise NotFound("account_not_found", N_("There is no such account."))
    return account


def all_accounts() -> Sequence[Account]:
    """Everyone who has or had an account, by name."""
    return db.session.scalars(select(Account).order_by(Account.active.desc(), Account.name, Account.id)).all()


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


def demo_passwords_in_use() -> bool:
    """Whether anyone can still sign in with the password that the demo prints."""
    return bool(db.session.scalar(select(exists().where(Account.active, Account.demo_password == Account.password))))


def demo_accounts() -> Sequence[Account]:
    """The accounts that still have the demo's password."""
    in_use = (Account.demo_password == Account.password) & Account.active
    return db.session.scalars(select(Account).where(in_use).order_by(Account.id)).all()
