"""An edition: what is on the shelf and on the price list; and the history of its prices."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.audit.models import ByActor
from shop.catalog.models.games import Game
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.catalog.rules.prices import Rounding
from shop.columns import EnumText, Hundredths, Money, UtcTime
from shop.db import Base


class Edition(Base):
    """One printing of a game in one language and condition: it carries SKU, barcode, price and stock."""

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("low_stock_at >= 0", name="low_stock_at"),
        CheckConstraint("weight_grams > 0", name="weight_grams"),
        CheckConstraint("length_mm > 0 AND width_mm > 0 AND height_mm > 0", name="size"),
        Index("ix_edition_game_id_id", "game_id", "id"),
        Index("ix_edition_id_low_stock_at", "id", "low_stock_at", unique=True),  # what levels refer to
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    game_id: Mapped[int] = mapped_column(ForeignKey("game.id"))
    language: Mapped[Language] = mapped_column(EnumText(Language))
    condition: Mapped[Condition] = mapped_column(EnumText(Condition), default=Condition.NEW)
    printing: Mapped[str] = mapped_column(String(80), default="")
    sku: Mapped[str] = mapped_column(String(40), unique=True)
    ean13: Mapped[str | None] = mapped_column(String(13), unique=True)
    price: Mapped[Decimal] = mapped_column(Money)
    cost: Mapped[Decimal | None] = mapped_column(Money)
    vat_rate: Mapped[VatRate] = mapped_column(EnumText(VatRate), default=VatRate.NONE)
    low_stock_at: Mapped[int] = mapped_column(default=2)
    """At this many copies that can be promised, or fewer, the edition is called low."""
    weight_grams: Mapped[int | None]
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    game: Mapped[Game] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def __str__(self) -> str:
        return self.sku


class PriceBatch(ByActor, Base):
    """Many prices changed in one deed, which can be undone as one."""

    __tablename__ = "price_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    percent: Mapped[Decimal | None] = mapped_column(Hundredths)
    rounding: Mapped[Rounding | None] = mapped_column(EnumText(Rounding))
    reason: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("price_batch.id"), unique=True)


class PriceChange(ByActor, Base):
    """One price of one edition, old → new; rows are never changed."""

    __tablename__ = "price_change"
    __table_args__ = (Index("ix_price_change_edition_id_id", "edition_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("price_batch.id"), index=True)
    old_price: Mapped[Decimal | None] = mapped_column(Money)
    new_price: Mapped[Decimal] = mapped_column(Money)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(String(500), default="")

    edition: Mapped[Edition] = relationship()
