"""Reading the audit: by person, thing, deed and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from shop.audit.models import AuditEntry
from shop.audit.rules import AuditCode
from shop.db import db
from shop.paging import Page, in_order, page_of_ids


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted; None and empty mean any; `until` is exclusive."""

    search: str = ""
    actor: str = ""
    code: AuditCode | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def entries(wanted: AuditFilter, *, number: int, size: int) -> Page[AuditEntry]:
    """One page of entries, the newest first."""
    ids = select(AuditEntry.id).where(*_conditions(wanted))
    page = page_of_ids(ids, order=[(AuditEntry.id, True)], number=number, size=size)
    return in_order(page, db.session.scalars(select(AuditEntry).where(AuditEntry.id.in_(page.rows))).all())


def entries_since(subjects: Sequence[tuple[str, int]], *, entry_id: int) -> Sequence[AuditEntry]:
    """What was done to some things after an entry, the oldest first: whose change came between."""
    about = [(AuditEntry.subject_kind == kind) & (AuditEntry.subject_id == subject_id) for kind, subject_id in subjects]
    if not about:
        return []
    any_of = about[0]
    for condition in about[1:]:
        any_of = any_of | condition
    return db.session.scalars(select(AuditEntry).where(any_of, AuditEntry.id > entry_id).order_by(AuditEntry.id)).all()


def last_entry_id() -> int:
    """The newest entry; what comes after it has come since."""
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def actor_names() -> Sequence[str]:
    """Everyone who has done anything."""
    return db.session.scalars(select(AuditEntry.actor_name).distinct().order_by(AuditEntry.actor_name)).all()


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        text = wanted.search.lower()
        conditions.append(func.lower(AuditEntry.subject_label).contains(text, autoescape=True))
    if wanted.actor:
        conditions.append(AuditEntry.actor_name == wanted.actor)
    if wanted.code is not None:
        conditions.append(AuditEntry.code == wanted.code)
    if wanted.subject_kind:
        conditions.append(AuditEntry.subject_kind == wanted.subject_kind)
    if wanted.subject_id is not None:
        conditions.append(AuditEntry.subject_id == wanted.subject_id)
    if wanted.since is not None:
        conditions.append(AuditEntry.occurred_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEntry.occurred_at < wanted.until)
    return conditions
