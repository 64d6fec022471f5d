"""How long somebody waits after wrong passwords: ever longer, never for good; no database."""

from datetime import timedelta

FREE_TRIES = 5  # of one person from one place: a password is mistyped, then typed again slowly
FREE_TRIES_OF_ADDRESS = 50  # a whole office may sit behind one address
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
_DOUBLINGS = 8  # beyond which it is the longest anyway


def delay_after(count: int, *, free: int) -> timedelta | None:
    """How long the next attempt waits after `count` attempts in a row, or None while some of the `free` ones are left.

    One minute, then twice as long each time, a quarter of an hour at most.
    """
    if count < free:
        return None
    return min(FIRST_DELAY * 2 ** min(count - free, _DOUBLINGS), LONGEST_DELAY)
