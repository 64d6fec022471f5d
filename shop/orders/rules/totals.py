"""What an order costs, to the kopiyka: the one reckoning for page, letter, document and API; no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shop.catalog.rules.editions import VatRate

KOPIYKA = Decimal("0.01")


@dataclass(frozen=True)
class Priced:
    """Copies of one edition at a price with VAT, in hryvnias, less a percentage."""

    quantity: int
    unit_price: Decimal
    vat_rate: VatRate = VatRate.NONE
    discount_percent: Decimal = Decimal(0)

    @property
    def full(self) -> Decimal:
        """Without the discount, in hryvnias."""
        return self.unit_price * self.quantity

    @property
    def total(self) -> Decimal:
        """What is paid for the line, in hryvnias; rounded once."""
        return (self.full * (100 - self.discount_percent) / 100).quantize(KOPIYKA, rounding=ROUND_HALF_UP)

    @property
    def vat(self) -> Decimal:
        """The VAT in what is paid for the line, in hryvnias (Tax Code of Ukraine, art. 193); rounded once."""
        return vat_in(self.total, self.vat_rate)


@dataclass(frozen=True)
class Totals:
    """What an order costs, in hryvnias. `goods` is what is paid for its lines, `discount` what they are cheaper by."""

    goods: Decimal
    discount: Decimal
    delivery: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """What is to be paid."""
        return self.goods + self.delivery


def totals(lines: Sequence[Priced], *, delivery: Decimal = Decimal(0)) -> Totals:
    """The totals of lines and a delivery, whose price in hryvnias has no VAT of its own."""
    goods = sum((line.total for line in lines), Decimal(0))
    full = sum((line.full for line in lines), Decimal(0))
    vat = sum((line.vat for line in lines), Decimal(0))
    return Totals(goods=goods, discount=full - goods, delivery=delivery, vat=vat)


def vat_in(amount: Decimal, rate: VatRate) -> Decimal:
    """The VAT that an amount with VAT contains, in hryvnias."""
    percent = Decimal(0) if rate is VatRate.NONE else Decimal(rate.value)
    return (amount * percent / (100 + percent)).quantize(KOPIYKA, rounding=ROUND_HALF_UP)
