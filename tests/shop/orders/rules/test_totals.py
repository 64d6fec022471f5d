"""What orders cost, to the kopiyka."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.rules.editions import VatRate
from shop.orders.rules.totals import Priced, totals, vat_in

MONEY = st.decimals("0.01", "99999.99", places=2)
PERCENT = st.decimals("0", "100", places=2)
LINES = st.lists(
    st.builds(Priced, st.integers(1, 1000), MONEY, st.sampled_from(VatRate), PERCENT), min_size=1, max_size=20
)


def test_a_discount_is_rounded_once_a_line() -> None:
    line = Priced(3, Decimal("333.33"), VatRate.STANDARD, Decimal(5))
    assert line.total == Decimal("949.99")  # 999.99 · 0.95 = 949.9905
    assert line.vat == Decimal("158.33")


def test_totals_add_up_what_the_lines_say() -> None:
    lines = [Priced(2, Decimal(890), VatRate.STANDARD), Priced(1, Decimal("1299.50"), VatRate.NONE, Decimal(10))]
    costs = totals(lines, delivery=Decimal(75))
    assert costs.goods == Decimal("2949.55")
    assert costs.discount == Decimal("129.95")
    assert costs.total == Decimal("3024.55")
    assert costs.vat == Decimal("296.67")


def test_without_vat_there_is_none() -> None:
    assert vat_in(Decimal(120), VatRate.NONE) == 0
    assert vat_in(Decimal(120), VatRate.ZERO) == 0
    assert vat_in(Decimal(120), VatRate.STANDARD) == 20


@given(LINES, MONEY)
def test_every_sum_is_whole_kopiykas_and_nobody_pays_more_than_the_price(
    lines: list[Priced], delivery: Decimal
) -> None:
    costs = totals(lines, delivery=delivery)
    assert costs.goods == sum(line.total for line in lines)
    assert costs.goods + costs.discount == sum(line.full for line in lines)
    assert costs.discount >= -Decimal("0.005") * len(lines)
    assert 0 <= costs.vat <= costs.goods
    for amount in (costs.goods, costs.discount, costs.total, costs.vat):
        assert amount * 100 == (amount * 100).to_integral_value()
