"""How long somebody waits after wrong passwords."""

from datetime import timedelta

from shop.accounts.delays import FREE_TRIES, FREE_TRIES_OF_ADDRESS, LONGEST_DELAY, delay_after


def test_the_first_tries_wait_for_nothing_then_ever_longer_and_never_for_good() -> None:
    waits = [delay_after(count, free=3) for count in range(9)]
    minutes = [None if wait is None else wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [None, None, None, 1, 2, 4, 8, 15, 15]
    assert delay_after(10**9, free=3) == LONGEST_DELAY


def test_an_office_behind_one_address_has_more_tries_than_a_person() -> None:
    assert FREE_TRIES_OF_ADDRESS >= 4 * FREE_TRIES
