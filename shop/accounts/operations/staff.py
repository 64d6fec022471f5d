"""Adding, changing and deactivating accounts."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from shop.accounts.emails import normal_email
from shop.accounts.models import Account, Role
from shop.accounts.names import checked_name
from shop.accounts.operations.rights import lock_owners, opened_by, refuse_beyond_own, refuse_last_owner
from shop.accounts.operations.sessions import drop_sessions
from shop.accounts.passwords import NewPassword, check_password
from shop.accounts.rules import OWNER
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, changes
from shop.db import db
from shop.errors import N_, Invalid
from shop.rows import flush_or_conflict, held
from shop.versions import Published, raised

EMAIL_TAKEN = N_("Another account has this e-mail.")


def add_staff(
    email: str, *, name: str, password: NewPassword, roles: Sequence[str], actor: Actor, at: datetime
) -> Account:
    """A new account. Raises Invalid, Conflict when the e-mail is taken."""
    email, name = normal_email(email), checked_name(name)
    check_password(password.text, known=[email, name])
    given = _held_roles(roles)
    refuse_beyond_own(actor, opened_by(given))
    account = Account(email=email, name=name, active=True, created_at=at, fs_uniquifier=secrets.token_hex(32))
    account.password, account.roles = password.hash, [*given]
    db.session.add(account)
    flush_or_conflict({"email": EMAIL_TAKEN})
    added = changes({}, {"email": email, "roles": sorted(role.name for role in given)})
    raised(Published.STAFF)
    audit.record(AuditCode.STAFF_ADDED, account.subject, actor=actor, at=at, changes=added)
    return account


def change_staff(
    account_id: int, *, email: str, name: str, roles: Sequence[str], version: int, actor: Actor, at: datetime
) -> Account:
    """Another name, e-mail or other roles. Raises NotFound, Invalid, Conflict; the last owner stays one."""
    owners = lock_owners()
    account = held(Account, account_id, version=version)
    given, before = _held_roles(roles), _facts(account)
    refuse_beyond_own(actor, account.permissions, opened_by(given))
    if OWNER not in roles:
        refuse_last_owner(account.id, owners)
    account.email, account.name, account.roles = normal_email(email), checked_name(name), [*given]
    changed = changes(before, _facts(account))
    if changed:
        flag_modified(account, "name")  # other roles alone would leave the row, and so its version, as it was
        flush_or_conflict({"email": EMAIL_TAKEN})
        raised(Published.STAFF)
        audit.record(AuditCode.STAFF_CHANGED, account.subject, actor=actor, at=at, changes=changed)
    return account


def deactivate(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """End all sessions of an account and let it sign in no more. Raises NotFound, Conflict for the last owner."""
    owners = lock_owners()
    account = held(Account, account_id)
    if account.active:
        refuse_beyond_own(actor, account.permissions)
        refuse_last_owner(account.id, owners)
        account.active = False
        db.session.flush()
        drop_sessions(account_id, at=at)
        raised(Published.STAFF)
        audit.record(AuditCode.STAFF_DEACTIVATED, account.subject, actor=actor, at=at)
    return account


def restore(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """Let a deactivated account sign in again. Raises NotFound."""
    account = held(Account, account_id)
    if not account.active:
        refuse_beyond_own(actor, account.permissions)
        account.active = True
        db.session.flush()
        raised(Published.STAFF)
        audit.record(AuditCode.STAFF_RESTORED, account.subject, actor=actor, at=at)
    return account


def _held_roles(names: Sequence[str]) -> list[Role]:
    """The roles of these names, held so that nobody deletes them meanwhile. Raises Invalid."""
    held = select(Role).where(Role.name.in_(names)).order_by(Role.id).with_for_update(read=True, key_share=True)
    roles = list(db.session.scalars(held))
    if not names or len(roles) != len(set(names)):
        raise Invalid("role_unknown", N_("Choose at least one role out of those that there are."), field="roles")
    return roles


def _facts(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "roles": sorted(role.name for role in account.roles)}
