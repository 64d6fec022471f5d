"""The number of an order: short, speakable, and telling nobody how many orders there are; no database.

Six digits for the first 900 000 orders, then seven, and so on. Within its length a number is the order's id times a
prime, modulo the count of numbers of that length, which reaches each of them once; so the id follows from the number.
"""

_FIRST, _COUNT = 100_000, 900_000
_STRIDE = 514_229  # a prime that divides no count of numbers of one length: 9 · 10ⁿ


def number_of(order_id: int) -> int:
    """The number of the order with this id, from 1 up."""
    first, count, place = _FIRST, _COUNT, order_id - 1
    while place >= count:
        first, count, place = first * 10, count * 10, place - count
    return first + place * _STRIDE % count


def id_of(number: int) -> int | None:
    """The id of the order with this number; None for what can't be one."""
    first, count, before = _FIRST, _COUNT, 0
    while number >= first + count:
        first, count, before = first * 10, count * 10, before + count
    if number < first:
        return None
    return before + (number - first) * pow(_STRIDE, -1, count) % count + 1
