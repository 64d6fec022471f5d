"""Writing an audit entry, always inside the transaction of the deed itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from shop.audit.fields import without_personal
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.db import db


def record(
    code: AuditCode, subject: Subject, *, actor: Actor, at: datetime, changes: Changes | None = None, reason: str = ""
) -> AuditEntry:
    """Write down one deed. `at` is an aware time; `changes` is {field: [old, new]}; personal values are left out."""
    made = AuditEntry(**_values(code, subject, changes or {}, actor=actor, at=at, reason=reason))
    db.session.add(made)
    return made


def record_all(
    code: AuditCode, deeds: Sequence[tuple[Subject, Changes]], *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Write down the same deed on many things, in their order, in one statement."""
    rows = [_values(code, subject, changes, actor=actor, at=at, reason=reason) for subject, changes in deeds]
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def entry(
    code: AuditCode, subject: Subject, *, actor: Actor, at: datetime, changes: Changes | None = None
) -> dict[str, Any]:
    """One deed as a row for `record_entries`; the arguments are those of `record`."""
    return _values(code, subject, changes or {}, actor=actor, at=at, reason="")


def record_entries(entries: Sequence[Mapping[str, Any]]) -> None:
    """Write down different deeds in one statement."""
    if entries:
        db.session.execute(insert(AuditEntry), entries)


def _values(
    code: AuditCode, subject: Subject, changes: Changes, *, actor: Actor, at: datetime, reason: str
) -> dict[str, Any]:
    return {
        "code": code,
        "occurred_at": at,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "subject_label": subject.label[:255],
        "changes": without_personal(changes),
        "reason": reason,
    } | actor.columns
