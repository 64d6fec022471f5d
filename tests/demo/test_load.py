"""The demo catalogue: it loads whole, twice changes nothing, and the books agree."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func

from demo.load import PASSWORD, load
from shop.accounts.operations import NewPassword
from shop.catalog.models import Edition, Game
from shop.catalog.rules.editions import is_ean13
from shop.db import db
from shop.pages.reports import holdings
from shop.paging import Place
from shop.stock.models import StockMovement
from shop.stock.operations import verify


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_demo_loads_once_however_often_it_is_asked(app: Flask, now: datetime) -> None:
    counts = []
    for _ in range(2):
        load(at=now, password=NewPassword(PASSWORD, "hash"))
        tables = (Game, Edition, StockMovement)
        counts.append([db.session.scalar(db.select(func.count()).select_from(table)) for table in tables])
    assert counts[0] == counts[1]
    assert counts[0][0] >= 1000
    codes = db.session.scalars(db.select(Edition.ean13).where(Edition.ean13.startswith("20"))).all()
    assert len(codes) >= 300
    assert all(is_ean13(code) for code in codes)
    assert db.session.scalar(db.select(func.max(Game.min_age))) < 18
    assert verify(at=now)[1] == []
    _reaches_back(now)


def _reaches_back(now: datetime) -> None:
    """The stock of any day in the last 90 is told, and every movement stands in the order of its time."""
    copies = [holdings(until=now - timedelta(days=days), place=Place()).copies for days in (91, 88, 60, 30, 0)]
    assert copies[0] == 0
    assert copies == sorted(copies)
    assert len(set(copies)) == len(copies)
    times = db.session.scalars(db.select(StockMovement.occurred_at).order_by(StockMovement.id)).all()
    assert min(times) < now - timedelta(days=89)
    assert times == sorted(times)
