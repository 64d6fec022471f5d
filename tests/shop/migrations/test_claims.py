"""Migration 0013: taken back, it leaves no copies claimed that nobody could free."""

from datetime import datetime

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from shop.db import db
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.orders import make_order


def test_claimed_copies_are_free_and_shown_without_the_tables(app: Flask, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    make_stock(edition, make_location(), 2)
    make_order({edition.id: 2}, at=now)
    db.session.remove()
    downgrade(revision="0012")
    with db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT allocated, held FROM stock_level")).all() == [(0, 0)]
        assert bool(connection.scalar(sa.text("SELECT in_stock FROM game")))
    upgrade()
