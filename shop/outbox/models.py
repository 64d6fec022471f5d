"""The table of what waits to be done after a commit."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.columns import UtcTime
from shop.db import Base

_waiting = text("done_at IS NULL")


class OutboxMessage(Base):
    """One thing to do. `key` names it for ever (`order.placed:42`), so that it is never written twice.

    It carries ids, not personal values: who does it reads the rest when it is done.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "due_at", "id", sqlite_where=_waiting, postgresql_where=_waiting),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(500), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
