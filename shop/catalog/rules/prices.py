"""Prices: reading what people type, and raising or lowering many at once."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from shop.errors import N_
from shop.words import Worded

HIGHEST = Decimal(10_000_000)
MOST = 5000
"""Prices that can change in one deed."""
LOWEST_PERCENT, HIGHEST_PERCENT = Decimal(-90), Decimal(300)
PERCENT_WRONG = N_("Write a number from −90 to 300, like 7 or −5.")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")


class Rounding(Worded):
    """How a new price is rounded."""

    HRYVNIA = "hryvnia", N_("to a whole hryvnia")  # 954.63 → 955
    NINE = "nine", N_("so that it ends in 9")  # 954.63 → 959: the nearest that ends in 9
    TEN = "ten", N_("to tens")  # 954.63 → 950


def parse_money(typed: str) -> Decimal | None:
    """`1299`, `1 299,50`, `1299.50 ₴` with any kind of space as Decimal; None when it isn't an amount in kopiykas."""
    text = _SPACES.sub("", typed).removesuffix("₴").removesuffix("грн.").removesuffix("грн").replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text):
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount <= HIGHEST else None


def repriced(price: Decimal, *, percent: Decimal, rounding: Rounding) -> Decimal:
    """A price raised (or lowered, when negative) by some per cent, rounded to whole hryvnias; never below 1."""
    raised = price * (100 + percent) / 100
    if rounding is Rounding.NINE:
        rounded = ((raised + 1) / 10).quantize(Decimal(1), ROUND_HALF_UP) * 10 - 1
    elif rounding is Rounding.TEN:
        rounded = (raised / 10).quantize(Decimal(1), ROUND_HALF_UP) * 10
    else:
        rounded = raised.quantize(Decimal(1), ROUND_HALF_UP)
    return max(rounded, Decimal(1))


def can_change_by(percent: Decimal) -> bool:
    """Whether prices can change by so many per cent, at most two places after the comma."""
    return LOWEST_PERCENT <= percent <= HIGHEST_PERCENT and percent != 0 and percent == round(percent, 2)


def batch_title(percent: Decimal) -> str:
    """What a change of many prices is called in any language: `+7 %`, `−5.5 %`."""
    amount = f"{abs(percent).normalize():f}"
    return f"{'+' if percent > 0 else '−'}{amount}\N{NO-BREAK SPACE}%"
