"""The pause after a failure doubles and is bounded."""

from datetime import timedelta

from shop.outbox.rules import LONGEST_PAUSE, pause_after


def test_the_pause_doubles_up_to_six_hours() -> None:
    assert [pause_after(number) for number in (1, 2, 3)] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert pause_after(10_000) == LONGEST_PAUSE
