"""The table of audit entries; triggers refuse to change or delete them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.audit.rules import Actor, ActorKind, AuditCode
from shop.columns import EnumText, UtcTime
from shop.db import Base


class ByActor:
    """The doer of a row: kind, id and name beside each other. The id is of an account or of a token, by the kind."""

    actor_kind: Mapped[ActorKind] = mapped_column(EnumText(ActorKind))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120))

    @property
    def actor(self) -> Actor:
        """The doer."""
        return Actor(self.actor_kind, self.actor_name, self.actor_id)

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self.actor_kind, self.actor_id, self.actor_name = actor.kind, actor.id, actor.name


class AuditEntry(ByActor, Base):
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
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    subject_label: Mapped[str] = mapped_column(String(255))
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(500), default="")
