"""Reading accounts."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from shop.accounts.emails import normal_email
from shop.accounts.models import Account
from shop.db import db
from shop.errors import N_, NotFound


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


def demo_passwords_in_use() -> bool:
    """Whether anyone can still sign in with the password that the demo prints."""
    return bool(db.session.scalar(select(exists().where(Account.active, Account.demo_password == Account.password))))


def demo_accounts() -> Sequence[Account]:
    """The accounts that still have the demo's password."""
    in_use = (Account.demo_password == Account.password) & Account.active
    return db.session.scalars(select(Account).where(in_use).order_by(Account.id)).all()
