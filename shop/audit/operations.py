"""Writing an audit entry, always inside the transaction of the deed itself."""

from datetime import datetime

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.db import db


def record(
    code: AuditCode, subject: Subject, *, actor: Actor, at: datetime, changes: Changes | None = None, reason: str = ""
) -> AuditEntry:
    """Write down one deed. `at` is an aware time; `changes` is {field: [old, new]}."""
    entry = AuditEntry(
        code=code,
        occurred_at=at,
        actor_id=actor.id,
        actor_name=actor.name,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:255],
        changes=changes or {},
        reason=reason,
    )
    db.session.add(entry)
    return entry
