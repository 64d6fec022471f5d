"""Composing roles out of permissions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from shop.accounts.models import Role, account_role
from shop.accounts.names import checked_name, name_key
from shop.accounts.operations.rights import opened_by, refuse_beyond_own
from shop.accounts.rules import OWNER, Permission, lacking
from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.db import db
from shop.errors import N_, Conflict, Invalid
from shop.rows import flush_or_conflict, held
from shop.versions import Published, raised

TAKEN = {"name_key": N_("There is already one with this name.")}


def add_role(name: str, *, permissions: Sequence[Permission], actor: Actor, at: datetime) -> Role:
    """A role composed of permissions. Raises Invalid, Conflict when the name is taken."""
    refuse_beyond_own(actor, permissions)
    _refuse_lacking(permissions)
    name = checked_name(name)
    role = Role(name=name, name_key=name_key(name), builtin=False, permissions=_texts(permissions))
    db.session.add(role)
    _flush()
    added = changes({}, {"permissions": role.permissions})
    audit.record(AuditCode.ROLE_ADDED, _subject(role), actor=actor, at=at, changes=added)
    return role


def change_role(
    role_id: int, *, name: str, permissions: Sequence[Permission], version: int, actor: Actor, at: datetime
) -> Role:
    """Other permissions for a role; a built-in one keeps its name, the owner's keeps everything.

    Raises NotFound, Invalid, Conflict: also when somebody changed the role after `version` was seen.
    """
    role = held(Role, role_id, version=version, fully=True)
    if role.name == OWNER:
        raise Conflict("owner_role", N_("The owner’s role always permits everything."))
    refuse_beyond_own(actor, opened_by([role]), permissions)
    _refuse_lacking(permissions)
    before = {"name": role.name, "permissions": role.permissions}
    if not role.builtin:
        role.name = checked_name(name)
        role.name_key = name_key(role.name)
    role.permissions = _texts(permissions)
    _flush()
    changed = changes(before, {"name": role.name, "permissions": role.permissions})
    if changed:
        audit.record(AuditCode.ROLE_CHANGED, _subject(role), actor=actor, at=at, changes=changed)
    return role


def remove_role(role_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a role that nobody has. Raises NotFound, Conflict."""
    role = held(Role, role_id, fully=True)
    if role.builtin:
        raise Conflict("role_builtin", N_("A built-in role can’t be deleted."))
    if db.session.scalar(select(exists().where(account_role.c.role_id == role_id))):
        raise Conflict("role_in_use", N_("Somebody still has this role."))
    refuse_beyond_own(actor, opened_by([role]))
    removed = {"permissions": [role.permissions, None]}
    audit.record(AuditCode.ROLE_REMOVED, _subject(role), actor=actor, at=at, changes=removed)
    db.session.delete(role)
    db.session.flush()


def _flush() -> None:
    flush_or_conflict(TAKEN)
    raised(Published.STAFF)


def _refuse_lacking(permissions: Sequence[Permission]) -> None:
    """Raises Invalid for the first permission that is of no use without another one."""
    for each, needed in lacking([Permission(permission) for permission in permissions]).items():
        text = N_("“%(permission)s” is of no use without this: %(needed)s. Tick it too.")
        raise Invalid("permission_needs", text, field="permissions", permission=each, needed=needed)


def _texts(permissions: Sequence[Permission]) -> list[str]:
    return sorted({Permission(permission).value for permission in permissions})


def _subject(role: Role) -> Subject:
    return Subject("role", role.id, role.name)
