"""The table of audit entries; triggers refuse to change or delete them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.audit.rules import AuditCode
from shop.db import Base, EnumText, UtcTime


class AuditEntry(Base):
    """One deed: who, when, what, on which thing, old → new. It outlives the person and the thing."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_occurred_at_id", "occurred_at", "id"),
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_entry_actor_id_id", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurred_at: Mapped[datetime] = mapped_column(UtcTime)
    code: Mapped[AuditCode] = mapped_column(EnumText(AuditCode))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(255))
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(500), default="")
