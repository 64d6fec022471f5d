"""Writing what must happen after the commit, taking what is due, and saying how it went."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from shop.db import db
from shop.outbox.models import OutboxMessage
from shop.outbox.rules import pause_after


def write(kind: str, *, key: str, payload: Mapping[str, Any], at: datetime) -> None:
    """Leave a message in the transaction of the deed; a key that was written before stays as it was."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {"kind": kind, "key": key, "payload": dict(payload), "written_at": at, "due_at": at}
    row |= {"attempts": 0, "last_error": ""}
    db.session.execute(insert(OutboxMessage).values(row).on_conflict_do_nothing())


def taken(*, at: datetime, limit: int) -> Sequence[OutboxMessage]:
    """What is due, the longest due first, held until the end of the transaction; what another reader holds is left."""
    due = select(OutboxMessage).where(OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= at)
    due = due.order_by(OutboxMessage.due_at, OutboxMessage.id).limit(limit)
    return db.session.scalars(due.with_for_update(skip_locked=True)).all()


def settle(message: OutboxMessage, *, at: datetime) -> None:
    """It is done, and never taken again."""
    message.done_at, message.attempts = at, message.attempts + 1
    db.session.flush()


def postpone(message: OutboxMessage, *, error: str, at: datetime) -> None:
    """It failed: keep why, and try again after a pause that grows."""
    message.attempts, message.last_error = message.attempts + 1, error[:500]
    message.due_at = at + pause_after(message.attempts)
    db.session.flush()
