"""Carts, and orders with their lines; an order copies what it sold, so that a later price or name changes nothing."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models import Edition
from shop.catalog.rules.editions import VatRate
from shop.columns import EnumText, Hundredths, Money, UtcTime
from shop.db import Base
from shop.orders.rules.numbers import number_of
from shop.orders.rules.states import OrderOrigin, OrderState, PaymentMethod, PaymentState

MOST_COPIES = 10
"""Copies of one edition that a cart takes."""
_due = text("payment = 'unpaid' AND state = 'placed'")


class Cart(Base):
    """What a shopper puts together. Once `ordered_at` is set it is an order's, and a new cart is begun."""

    __tablename__ = "cart"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    ordered_at: Mapped[datetime | None] = mapped_column(UtcTime)


class CartLine(Base):
    """Copies of an edition in a cart, and the price at which they were put there."""

    __tablename__ = "cart_line"
    __table_args__ = (CheckConstraint(f"quantity BETWEEN 1 AND {MOST_COPIES}", name="quantity"),)

    cart_key: Mapped[str] = mapped_column(ForeignKey("cart.key", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    quantity: Mapped[int]
    price_seen: Mapped[Decimal] = mapped_column(Money)

    edition: Mapped[Edition] = relationship()


class Order(Base):
    """What a customer asked for, on what terms, and where it stands. Who placed it, the audit says.

    `name`, `phone`, `email`, `address` and `comment` are personal and are emptied when a customer is forgotten.
    """

    __tablename__ = "customer_order"
    __table_args__ = (
        Index("ix_customer_order_state_id", "state", "id"),
        Index("ix_customer_order_phone", "phone"),
        Index("ix_customer_order_due", "expires_at", sqlite_where=_due, postgresql_where=_due),
        CheckConstraint("total >= 0", name="total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Its unguessable public address."""
    cart_key: Mapped[str | None] = mapped_column(String(32), unique=True)
    origin: Mapped[OrderOrigin] = mapped_column(EnumText(OrderOrigin))
    state: Mapped[OrderState] = mapped_column(EnumText(OrderState), default=OrderState.PLACED)
    payment: Mapped[PaymentState] = mapped_column(EnumText(PaymentState), default=PaymentState.UNPAID)
    payment_method: Mapped[PaymentMethod] = mapped_column(EnumText(PaymentMethod))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    discount_percent: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    discount_reason: Mapped[str] = mapped_column(String(200), default="")
    delivery_price: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    total: Mapped[Decimal] = mapped_column(Money)
    placed_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    """When an unpaid one gives its copies back; None for what is paid on delivery."""
    version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> int:
        """As people say it."""
        return number_of(self.id)


class OrderLine(Base):
    """Copies of an edition in an order, as they were sold: named, priced and taxed as at that time."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "edition_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_order_line_edition_id", "edition_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    quantity: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    sku: Mapped[str] = mapped_column(String(40))
    unit_price: Mapped[Decimal] = mapped_column(Money)
    vat_rate: Mapped[VatRate] = mapped_column(EnumText(VatRate))
    total: Mapped[Decimal] = mapped_column(Money)
    vat: Mapped[Decimal] = mapped_column(Money)
