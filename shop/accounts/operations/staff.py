"""Adding, changing and deactivating accounts. Whoever calls gives the function that hashes passwords."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from shop.accounts.emails import normal_email
from shop.accounts.models import Account, Role
from shop.accounts.operations.rights import lock_owners, opened_by, refuse_beyond_own, refuse_last_owner
from shop.accounts.operations.rows import checked_name, flush_unless_taken, held_account
from shop.accounts.passwords import check_password
from shop.accounts.rules import OWNER
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.db import db
from shop.errors import N_, Invalid

Hasher = Callable[[str], str]
EMAIL_TAKEN = N_("Another account has this e-mail.")


def add_staff(
    email: str, *, name: str, password: str, roles: Sequence[str], hashed: Hasher, actor: Actor, at: datetime
) -> Account:
    """A new account. `hashed` turns the password into its hash. Raises Invalid, Conflict when the e-mail is taken."""
    email, name = normal_email(email), checked_name(name)
    check_password(password, known=[email, name])
    given = _held_roles(roles)
    refuse_beyond_own(actor, opened_by(given))
    account = Account(email=email, name=name, active=True, created_at=at, fs_uniquifier=_end_of_sessions())
    account.password, account.roles = hashed(password), [*given]
    db.session.add(account)
    flush_unless_taken("email", EMAIL_TAKEN)
    added = changes({}, {"email": email, "roles": sorted(role.name for role in given)})
    audit.record(AuditCode.STAFF_ADDED, _subject(account), actor=actor, at=at, changes=added)
    return account


def change_staff(
    account_id: int, *, email: str, name: str, roles: Sequence[str], version: int, actor: Actor, at: datetime
) -> Account:
    """Another name, e-mail or other roles. Raises NotFound, Invalid, Conflict; the last owner stays one."""
    owners = lock_owners()
    account = held_account(account_id, version=version)
    given, before = _held_roles(roles), _facts(account)
    refuse_beyond_own(actor, account.permissions, opened_by(given))
    if OWNER not in roles:
        refuse_last_owner(account.id, owners)
    account.email, account.name, account.roles = normal_email(email), checked_name(name), [*given]
    changed = changes(before, _facts(account))
    if changed:
        flag_modified(account, "name")  # other roles alone would leave the row, and so its version, as it was
        flush_unless_taken("email", EMAIL_TAKEN)
        audit.record(AuditCode.STAFF_CHANGED, _subject(account), actor=actor, at=at, changes=changed)
    return account


def set_password(account_id: int, password: str, *, hashed: Hasher, actor: Actor, at: datetime) -> Account:
    """A new password; all sessions of the account end. Raises NotFound, Invalid."""
    account = held_account(account_id)
    refuse_beyond_own(actor, account.permissions)
    check_password(password, known=[account.email, account.name])
    account.password, account.fs_uniquifier = hashed(password), _end_of_sessions()
    db.session.flush()
    audit.record(AuditCode.STAFF_PASSWORD_SET, _subject(account), actor=actor, at=at)
    return account


def set_demo_password(account_id: int, password: str, *, hashed: Hasher) -> None:
    """Give an account the password that the demo prints, and remember that it is that one."""
    account = held_account(account_id)
    account.password = account.demo_password = hashed(password)
    db.session.flush()


def deactivate(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """End all sessions of an account and let it sign in no more. Raises NotFound, Conflict for the last owner."""
    owners = lock_owners()
    account = held_account(account_id)
    if account.active:
        refuse_beyond_own(actor, account.permissions)
        refuse_last_owner(account.id, owners)
        account.active, account.fs_uniquifier = False, _end_of_sessions()
        db.session.flush()
        audit.record(AuditCode.STAFF_DEACTIVATED, _subject(account), actor=actor, at=at)
    return account


def restore(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """Let a deactivated account sign in again. Raises NotFound."""
    account = held_account(account_id)
    if not account.active:
        refuse_beyond_own(actor, account.permissions)
        account.active = True
        db.session.flush()
        audit.record(AuditCode.STAFF_RESTORED, _subject(account), actor=actor, at=at)
    return account


def _held_roles(names: Sequence[str]) -> list[Role]:
    """The roles of these names, held so that nobody deletes them meanwhile. Raises Invalid."""
    held = select(Role).where(Role.name.in_(names)).order_by(Role.id).with_for_update(read=True, key_share=True)
    roles = list(db.session.scalars(held))
    if not names or len(roles) != len(set(names)):
        raise Invalid("role_unknown", N_("Choose at least one role out of those that there are."), field="roles")
    return roles


def _end_of_sessions() -> str:
    """A fresh name for sessions: those that carry the former one are over."""
    return secrets.token_hex(32)


def _facts(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "roles": sorted(role.name for role in account.roles)}


def _subject(account: Account) -> Subject:
    return Subject("account", account.id, account.name)
