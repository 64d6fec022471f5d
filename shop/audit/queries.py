"""Reading the audit: by person, thing, deed and day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from shop.audit.fields import visible
from shop.audit.models import AuditEntry
from shop.audit.rules import SIGN_INS, ActorKind, AuditCode, Changes
from shop.db import db
from shop.paging import Page, Place, page_of, streamed


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted; None and empty mean any; `until` is exclusive.

    `parts` are what counts as the subject too, as kinds and ids. `sign_ins`: nothing but them, or everything but them.
    """

    search: str = ""
    actor: str = ""
    code: AuditCode | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    parts: Sequence[tuple[str, int]] = ()
    since: datetime | None = None
    until: datetime | None = None
    sign_ins: bool | None = None


@dataclass(frozen=True)
class Entry:
    """One deed, with the changes that the reader may see."""

    id: int
    occurred_at: datetime
    code: AuditCode
    actor_kind: ActorKind
    actor_id: int | None
    actor_name: str
    subject_kind: str
    subject_id: int
    subject_label: str
    changes: Changes
    reason: str


_COLUMNS = [AuditEntry.__table__.c[field.name] for field in fields(Entry)]


def entries(wanted: AuditFilter, *, place: Place, size: int, permissions: Collection[str]) -> Page[Entry]:
    """One page of entries, the newest first, without the changes that these permissions don't open."""
    rows = select(*_COLUMNS).where(*_conditions(wanted))
    page = page_of(rows, order=[(AuditEntry.id, True)], place=place, size=size)
    return replace(page, rows=[_entry(row, permissions) for row in page.rows])


def exported_entries(wanted: AuditFilter, *, permissions: Collection[str]) -> Iterator[Entry]:
    """Every wanted entry, the newest first, without the changes that these permissions don't open."""
    rows = streamed(select(*_COLUMNS).where(*_conditions(wanted)), [(AuditEntry.id, True)])
    return (_entry(row, permissions) for row in rows)


def entries_since(
    subjects: Sequence[tuple[str, int]], *, entry_id: int, permissions: Collection[str]
) -> Sequence[Entry]:
    """What was done to some things after an entry, the oldest first: whose change came between."""
    about = [(AuditEntry.subject_kind == kind) & (AuditEntry.subject_id == subject_id) for kind, subject_id in subjects]
    if not about:
        return []
    any_of = about[0]
    for condition in about[1:]:
        any_of = any_of | condition
    rows = select(*_COLUMNS).where(any_of, AuditEntry.id > entry_id).order_by(AuditEntry.id)
    return [_entry(row, permissions) for row in db.session.execute(rows)]


def last_actor_name(subjects: Sequence[tuple[str, int]]) -> str:
    """Who changed one of some things last, moved copies apart; empty when nobody has."""
    about = (and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id == each) for kind, each in subjects)
    moved = [code for code in AuditCode if code.startswith("stock.")]
    last = (
        select(AuditEntry.actor_name)
        .where(or_(*about), AuditEntry.code.not_in(moved))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) or ""


def last_entry_id() -> int:
    """The newest entry; what comes after it has come since."""
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def actor_names() -> Sequence[str]:
    """Everyone who has done anything."""
    return db.session.scalars(select(AuditEntry.actor_name).distinct().order_by(AuditEntry.actor_name)).all()


def _entry(row: Any, permissions: Collection[str]) -> Entry:
    values = {field.name: getattr(row, field.name) for field in fields(Entry)}
    return Entry(**values | {"changes": visible(row.changes, permissions)})


def _about(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    """Of which things."""
    about: list[ColumnElement[bool]] = []
    if wanted.subject_kind:
        about.append(AuditEntry.subject_kind == wanted.subject_kind)
    if wanted.subject_id is not None:
        about.append(AuditEntry.subject_id == wanted.subject_id)
    parts = [and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id == each) for kind, each in wanted.parts]
    return [or_(and_(*about), *parts)] if parts else about


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        text = wanted.search.lower()
        conditions.append(func.lower(AuditEntry.subject_label).contains(text, autoescape=True))
    if wanted.actor:
        conditions.append(AuditEntry.actor_name == wanted.actor)
    if wanted.code is not None:
        conditions.append(AuditEntry.code == wanted.code)
    conditions += _about(wanted)
    if wanted.since is not None:
        conditions.append(AuditEntry.occurred_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEntry.occurred_at < wanted.until)
    if wanted.sign_ins is not None:
        conditions.append(AuditEntry.code.in_(SIGN_INS) if wanted.sign_ins else AuditEntry.code.not_in(SIGN_INS))
    return conditions
