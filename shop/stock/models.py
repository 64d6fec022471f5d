"""Locations, levels, documents, movements, totals, boxes; what has happened is kept from change by triggers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.audit.models import ByActor
from shop.catalog.models import Edition
from shop.catalog.rules.codes import LONGEST_CODE
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


_AVAILABLE = "on_hand - allocated - held"
_LOW = text(f"{_AVAILABLE} > 0 AND low_at >= {_AVAILABLE}")


class StockLevel(Base):
    """How many copies of an edition a location has, and what they cost together. Changed by operations only.

    `low_at` repeats the edition's `low_stock_at`; the database itself keeps them equal, so that what runs low is found
    by an index of the levels alone.
    """

    __tablename__ = "stock_level"
    __table_args__ = (
        UniqueConstraint("edition_id", "location_id"),
        ForeignKeyConstraint(
            ["edition_id", "low_at"],
            ["edition.id", "edition.low_stock_at"],
            name="fk_stock_level_edition_id_edition",
            onupdate="CASCADE",
        ),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("allocated >= 0", name="allocated"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("oversell_cap >= 0", name="oversell_cap"),
        CheckConstraint("allocated + held <= on_hand + oversell_cap", name="promised"),
        CheckConstraint("value >= 0 AND (on_hand > 0 OR value = 0)", name="value"),
        Index("ix_stock_level_location_id", "location_id", "edition_id"),
        Index("ix_stock_level_on_hand_id", "on_hand", "id"),
        Index("ix_stock_level_low", "last_moved_at", "id", sqlite_where=_LOW, postgresql_where=_LOW),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    on_hand: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    oversell_cap: Mapped[int] = mapped_column(default=0)
    low_at: Mapped[int]
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    last_moved_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When its last movement was; the next one is not earlier."""

    edition: Mapped[Edition] = relationship(primaryjoin=lambda: StockLevel.edition_id == Edition.id, viewonly=True)
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
        Index("ix_stock_movement_kind_id", "kind", "id"),
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


class Hold(Base):
    """Copies that a cart claims while its checkout goes on. Past `expires_at` they are anybody's, though the row stays.

    Whoever claims or books on its level first takes it away; Σ of all rows, expired or not, is the level's `held`.
    """

    __tablename__ = "hold"
    __table_args__ = (
        UniqueConstraint("cart_key", "level_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_hold_level_id_expires_at", "level_id", "expires_at"),
        Index("ix_hold_expires_at", "expires_at"),
        Index("ix_hold_address_expires_at", "address", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_key: Mapped[str] = mapped_column(String(32))
    level_id: Mapped[int] = mapped_column(ForeignKey("stock_level.id"))
    quantity: Mapped[int]
    address: Mapped[str] = mapped_column(String(64))
    """Whose it is when carts are many: a digest of the network address, never the address itself."""
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


class Allocation(Base):
    """Copies that a line of an order claims, from placing until they leave or the order is cancelled.

    The line stands in a domain above: its id is kept without a foreign key. Σ of rows is the level's `allocated`.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("order_line_id", "level_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_allocation_level_id", "level_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_line_id: Mapped[int]
    level_id: Mapped[int] = mapped_column(ForeignKey("stock_level.id"))
    quantity: Mapped[int]


class StockTotal(Base):
    """What a location holds in all: its copies, their worth, and of how many editions. Kept by bookings."""

    __tablename__ = "stock_total"

    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), primary_key=True, autoincrement=False)
    copies: Mapped[int] = mapped_column(BigInteger, default=0)
    editions: Mapped[int] = mapped_column(default=0)
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))


class StockDay(Base):
    """How many copies came to a location and went from it on a day in Kyiv, transfers apart, and lines of deliveries.

    Kept by bookings.
    """

    __tablename__ = "stock_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), primary_key=True)
    came: Mapped[int] = mapped_column(BigInteger, default=0)
    went: Mapped[int] = mapped_column(BigInteger, default=0)
    receipts: Mapped[int] = mapped_column(default=0)


class StockCheck(Base):
    """One run of the verification: when, over how many levels, and the first drift as text for programs."""

    __tablename__ = "stock_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(UtcTime)
    levels: Mapped[int]
    movements: Mapped[int]
    drifts: Mapped[int]
    first_drift: Mapped[str] = mapped_column(String(500), default="")


_WAITING = text("settled_at IS NULL")


class SetAsideBox(Base):
    """Boxes with a code that nobody knew when they arrived; settled when they are received or taken off the list."""

    __tablename__ = "set_aside_box"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_set_aside_box_waiting", "set_aside_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    quantity: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    set_aside_by: Mapped[str] = mapped_column(String(120))
    set_aside_at: Mapped[datetime] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("stock_document.id"))
    """The receipt that took it in, if one did."""


class OlderStock(Base):
    """The one row that says up to which movement the stock was booked under older rules (docs/decisions/0004)."""

    __tablename__ = "older_stock"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_movement_id: Mapped[int]
