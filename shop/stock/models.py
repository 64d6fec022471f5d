"""Locations, levels, documents and movements; triggers refuse to change or delete documents and movements."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.audit.models import ByActor
from shop.catalog.models import Edition
from shop.columns import EnumText, Money, UtcTime, sort_text
from shop.db import Base
from shop.stock.rules import DocumentKind, MovementKind


class Location(Base):
    """A place that holds copies: a shop, a storeroom, a shelf."""

    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    sort_key: Mapped[str] = mapped_column(sort_text(120), index=True)
    archived_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.name


class StockLevel(Base):
    """How many copies of an edition a location has, and what they cost together. Changed by operations only."""

    __tablename__ = "stock_level"
    __table_args__ = (
        UniqueConstraint("edition_id", "location_id"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("allocated >= 0", name="allocated"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("oversell_cap >= 0", name="oversell_cap"),
        CheckConstraint("allocated + held <= on_hand + oversell_cap", name="promised"),
        Index("ix_stock_level_location_id", "location_id", "edition_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    on_hand: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    oversell_cap: Mapped[int] = mapped_column(default=0)
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))

    edition: Mapped[Edition] = relationship()
    location: Mapped[Location] = relationship()

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.allocated - self.held


class StockDocument(ByActor, Base):
    """One deed of one person: its movements, its reason, and the key against doing it twice."""

    __tablename__ = "stock_document"
    __table_args__ = (
        Index("ix_stock_document_occurred_at_id", "occurred_at", "id"),
        Index("ix_stock_document_source", "source_kind", "source_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(EnumText(DocumentKind))
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    reference: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    occurred_at: Mapped[datetime] = mapped_column(UtcTime)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("stock_document.id"), unique=True)
    source_kind: Mapped[str] = mapped_column(String(40), default="")
    """What kind of thing caused it, empty for nothing but a person: an order, a purchase order."""
    source_key: Mapped[str] = mapped_column(String(80), default="")
    """Which one: its number or id, kept here and not as a foreign key upwards."""


class StockMovement(ByActor, Base):
    """The only reason for which `on_hand` changes. `value` is what the copies cost together, signed like `quantity`."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint("balance_after >= 0", name="balance_after"),
        Index("ix_stock_movement_level_id_id", "level_id", "id"),
        Index("ix_stock_movement_occurred_at_id", "occurred_at", "id"),
        Index("ix_stock_movement_document_id", "document_id"),
        Index("ix_stock_movement_actor_id", "actor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("stock_level.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("stock_document.id"))
    kind: Mapped[MovementKind] = mapped_column(EnumText(MovementKind))
    quantity: Mapped[int]
    balance_after: Mapped[int]
    unit_cost: Mapped[Decimal | None] = mapped_column(Money)
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    reason: Mapped[str] = mapped_column(String(500), default="")
    occurred_at: Mapped[datetime] = mapped_column(UtcTime)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("stock_movement.id"), unique=True)
    idempotency_key: Mapped[str] = mapped_column(String(100), unique=True)

    level: Mapped[StockLevel] = relationship()
    document: Mapped[StockDocument] = relationship()


class StockCheck(Base):
    """One run of the verification: when, over how many levels, and the first drift in words for programs."""

    __tablename__ = "stock_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(UtcTime)
    levels: Mapped[int]
    movements: Mapped[int]
    drifts: Mapped[int]
    first_drift: Mapped[str] = mapped_column(String(500), default="")
