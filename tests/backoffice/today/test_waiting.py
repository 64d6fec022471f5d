"""What waits, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice.today.waiting import waiting
from shop.pages.today import TodayPage


@dataclass(frozen=True)
class Check:
    """What the page knows of a verification."""

    drifts: int
    checked_at: datetime
    levels: int = 1
    movements: int = 1


def _page(**facts: Any) -> TodayPage:
    empty: dict[str, Any] = {"low_total": 0, "low": (), "sold_out": 0, "received_today": 0, "new_games": 0, "copies": 0}
    return TodayPage(**(empty | {"documents": (), "flow": (), "check": None} | facts))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_is_wrong_comes_before_what_runs_out_and_what_is_to_be_looked_after(app: Flask, now: datetime) -> None:
    with app.test_request_context("/admin/"):
        stale = now - timedelta(days=2)
        lines = waiting(_page(low_total=12, low_since=now - timedelta(days=9), check=Check(3, stale)), at=now)
        assert [(line.count, line.urgency) for line in lines] == [(3, "late"), (12, "late"), (None, "")]
        assert lines[1].url == "/admin/levels/?state=low&sort=on_hand"
        assert lines[1].age == "1\N{NO-BREAK SPACE}тиждень"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_nothing_waits_where_the_books_agree_and_nothing_is_low(app: Flask, now: datetime) -> None:
    with app.test_request_context("/admin/"):
        assert list(waiting(_page(check=Check(0, now)), at=now)) == []
        [unchecked] = waiting(_page(), at=now)
        assert (unchecked.count, unchecked.age) == (None, "")
