"""Writing an audit entry, always inside the transaction of the deed itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Select, cast, func, insert, literal, select

from shop.audit.fields import without_personal
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode, Changes, Subject
from shop.db import Base, db


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
    record_entries(rows)


def record_selected(
    code: AuditCode, kind: str, deeds: Select[*tuple[Any, ...]], *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Write down the same deed on each thing that a statement selects, without fetching them.

    Its columns are the id of the thing, its label and the JSON of `changes` as text; no personal field may be in it.
    """
    table = Base.metadata.tables["audit_entry"]
    same = {"code": code, "occurred_at": at, "subject_kind": kind, "reason": reason} | actor.columns
    thing = deeds.subquery()
    subject_id, label, text = thing.c
    told = cast(text, JSON) if db.engine.dialect.name == "postgresql" else text
    fixed = [literal(value, table.c[name].type) for name, value in same.items()]
    rows = select(subject_id, func.substr(label, 1, 255), told, *fixed)
    db.session.execute(insert(table).from_select(["subject_id", "subject_label", "changes", *same], rows))


def entry(
    code: AuditCode, subject: Subject, *, actor: Actor, at: datetime, changes: Changes | None = None
) -> dict[str, Any]:
    """One deed as a row for `record_entries`; the arguments are those of `record`."""
    return _values(code, subject, changes or {}, actor=actor, at=at, reason="")


def record_entries(entries: Sequence[Mapping[str, Any]]) -> None:
    """Write down different deeds in one statement; rows of the table, since objects would double what it costs."""
    if entries:
        db.session.execute(insert(Base.metadata.tables["audit_entry"]), entries)


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
