"""Writing an audit entry, always inside the transaction of the deed itself."""

from datetime import datetime

from shop.audit.fields import without_personal
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.db import db


def record(
    code: AuditCode, subject: Subject, *, actor: Actor, at: datetime, changes: Changes | None = None, reason: str = ""
) -> AuditEntry:
    """Write down one deed. `at` is an aware time; `changes` is {field: [old, new]}; personal values are left out."""
    entry = AuditEntry(
        code=code,
        occurred_at=at,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:255],
        changes=without_personal(changes or {}),
        reason=reason,
        **actor.columns,
    )
    db.session.add(entry)
    return entry
