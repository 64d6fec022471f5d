"""Adding, changing and deactivating accounts, and composing roles."""

import re
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import Account, Role, account_role
from shop.accounts.passwords import check_password
from shop.accounts.queries import account_by_id, role_by_id
from shop.accounts.rules import OWNER, Permission
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.db import db
from shop.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid

Hasher = Callable[[str], str]
EMAIL_TAKEN = N_("Another account has this e-mail.")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def add_staff(
    email: str, *, name: str, password: str, roles: Sequence[str], hashed: Hasher, actor: Actor, at: datetime
) -> Account:
    """A new account. `hashed` turns the password into its hash. Raises Invalid, Conflict when the e-mail is taken."""
    email, name = _checked_email(email), _checked_name(name)
    check_password(password, known=[email, name])
    account = Account(email=email, name=name, active=True, created_at=at, fs_uniquifier=secrets.token_hex(32))
    account.password = hashed(password)
    account.roles = [*_named_roles(roles)]
    db.session.add(account)
    _flush(EMAIL_TAKEN, "email")
    added = changes({}, {"email": email, "roles": sorted(roles)})
    audit.record(AuditCode.STAFF_ADDED, _subject(account), actor=actor, at=at, changes=added)
    return account


def change_staff(
    account_id: int, *, email: str, name: str, roles: Sequence[str], version: int, actor: Actor, at: datetime
) -> Account:
    """Another name, e-mail or other roles. Raises NotFound, Invalid, Conflict; the last owner stays one."""
    owners = _lock_owners()
    account = _fresh(account_id, version)
    before = _facts(account)
    account.email, account.name = _checked_email(email), _checked_name(name)
    account.roles = [*_named_roles(roles)]
    if OWNER not in roles:
        _refuse_last_owner(account, owners)
    _flush(EMAIL_TAKEN, "email")
    changed = changes(before, _facts(account))
    if changed:
        audit.record(AuditCode.STAFF_CHANGED, _subject(account), actor=actor, at=at, changes=changed)
    return account


def set_password(account_id: int, password: str, *, hashed: Hasher, actor: Actor, at: datetime) -> Account:
    """A new password; all sessions of the account end. Raises NotFound, Invalid."""
    account = _fresh(account_id, None)
    check_password(password, known=[account.email, account.name])
    account.password = hashed(password)
    account.fs_uniquifier = secrets.token_hex(32)
    db.session.flush()
    audit.record(AuditCode.STAFF_PASSWORD_SET, _subject(account), actor=actor, at=at)
    return account


def set_demo_password(account_id: int, password: str, *, hashed: Hasher) -> None:
    """Give an account the password that the demo prints, and remember that it is that one."""
    account = _fresh(account_id, None)
    account.password = account.demo_password = hashed(password)
    db.session.flush()


def deactivate(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """End all sessions of an account and let it sign in no more. Raises NotFound, Conflict for the last owner."""
    owners = _lock_owners()
    account = _fresh(account_id, None)
    if account.active:
        _refuse_last_owner(account, owners)
        account.active = False
        account.fs_uniquifier = secrets.token_hex(32)
        db.session.flush()
        audit.record(AuditCode.STAFF_DEACTIVATED, _subject(account), actor=actor, at=at)
    return account


def restore(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """Let a deactivated account sign in again. Raises NotFound."""
    account = _fresh(account_id, None)
    if not account.active:
        account.active = True
        db.session.flush()
        audit.record(AuditCode.STAFF_RESTORED, _subject(account), actor=actor, at=at)
    return account


def add_role(name: str, *, permissions: Sequence[Permission], actor: Actor, at: datetime) -> Role:
    """A role composed of permissions. Raises Invalid, Conflict when the name is taken."""
    role = Role(name=_checked_name(name), builtin=False, permissions=_texts(permissions))
    db.session.add(role)
    _flush(N_("There is already one with this name."), "name")
    added = changes({}, {"permissions": role.permissions})
    audit.record(AuditCode.ROLE_ADDED, _role_subject(role), actor=actor, at=at, changes=added)
    return role


def change_role(role_id: int, *, name: str, permissions: Sequence[Permission], actor: Actor, at: datetime) -> Role:
    """Other permissions for a role; a built-in one keeps its name, the owner's keeps everything. Raises Conflict."""
    role = role_by_id(role_id)
    if role.name == OWNER:
        raise Conflict("owner_role", N_("The owner’s role always permits everything."))
    before = {"name": role.name, "permissions": role.permissions}
    role.name = role.name if role.builtin else _checked_name(name)
    role.permissions = _texts(permissions)
    _flush(N_("There is already one with this name."), "name")
    changed = changes(before, {"name": role.name, "permissions": role.permissions})
    if changed:
        audit.record(AuditCode.ROLE_CHANGED, _role_subject(role), actor=actor, at=at, changes=changed)
    return role


def remove_role(role_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a role that nobody has. Raises NotFound, Conflict."""
    role = role_by_id(role_id)
    if role.builtin:
        raise Conflict("role_builtin", N_("A built-in role can’t be deleted."))
    if db.session.scalar(select(exists().where(account_role.c.role_id == role_id))):
        raise Conflict("role_in_use", N_("Somebody still has this role."))
    audit.record(AuditCode.ROLE_REMOVED, _role_subject(role), actor=actor, at=at)
    db.session.delete(role)
    db.session.flush()


def _lock_owners() -> set[int]:
    """The active owners, held until the end of the transaction: two of them can't remove each other at once."""
    owner = db.session.scalars(select(Role).where(Role.name == OWNER).with_for_update()).one()
    rows = (
        select(Account.id)
        .join(account_role, account_role.c.account_id == Account.id)
        .where(account_role.c.role_id == owner.id, Account.active)
    )
    return set(db.session.scalars(rows))


def _refuse_last_owner(account: Account, owners: set[int]) -> None:
    if owners == {account.id}:
        raise Conflict("last_owner", N_("This is the last owner. Make somebody else an owner first."))


def _fresh(account_id: int, version: int | None) -> Account:
    account = account_by_id(account_id)
    db.session.refresh(account)
    if version is not None and account.version != version:
        raise Conflict("changed_meanwhile", CHANGED_MEANWHILE)
    return account


def _facts(account: Account) -> dict[str, object]:
    return {"email": account.email, "name": account.name, "roles": sorted(role.name for role in account.roles)}


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > 255:
        raise Invalid("email_wrong", N_("This is not an e-mail address."), field="email")
    return email


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 80:
        raise Invalid("name_wrong", N_("Give a name of at most 80 letters."), field="name")
    return name


def _named_roles(names: Sequence[str]) -> list[Role]:
    roles = list(db.session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.id)))
    if not names or len(roles) != len(set(names)):
        raise Invalid("role_unknown", N_("Choose at least one role out of those that there are."), field="roles")
    return roles


def _texts(permissions: Sequence[Permission]) -> list[str]:
    return sorted({Permission(permission).value for permission in permissions})


def _flush(taken: str, field: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(f"{field}_taken", taken, field=field) from error


def _subject(account: Account) -> Subject:
    return Subject("account", account.id, account.name)


def _role_subject(role: Role) -> Subject:
    return Subject("role", role.id, role.name)
