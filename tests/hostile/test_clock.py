"""The clock is put back in the middle: movements stay in order, and no day shows fewer than no copies."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

from flask import Flask
from sqlalchemy import text

from shop.db import db
from tests.factories import AT, editions_of, make_game, make_location, make_stock
from tests.hostile import deeds
from tests.hostile.people import InProcess


def test_a_clock_that_is_put_back_makes_no_balance_negative(app: Flask, owner: InProcess) -> None:
    """The first copies come at AT, which lies in the future; what the pages book happens now, so earlier."""
    edition, place, other = editions_of(make_game())[0], make_location("Склад"), make_location("Зала")
    make_stock(edition, place, 5)
    edition_id, place_id, other_id = edition.id, place.id, other.id
    db.session.remove()
    gone = deeds.write_off(owner, [(edition_id, 3, "")], location=place_id, reason="злам").send(owner)
    moved = deeds.transfer(owner, [(edition_id, 1, "")], source=place_id, target=other_id, reason="").send(owner)
    assert (gone.status, moved.status) == (303, 303)
    undoing = deeds.undoing(owner, gone.location, reason="помилка")
    assert undoing is not None
    assert undoing.send(owner).status == 303

    with db.engine.connect() as connection:
        rows = connection.execute(text("SELECT level_id, occurred_at FROM stock_movement ORDER BY level_id, id")).all()
    assert rows == sorted(rows)
    for moment in (datetime.now(UTC), AT):
        for days, at_place in product((-1, 0, 1), ("", f"&location={place_id}")):
            day = (moment + timedelta(days=days)).date()
            page = owner.get(f"/admin/why/{edition_id}/?on={day}{at_place}").text
            assert not re.search(r"<b>[−-]\d", page), day
            assert not re.search(r"[−-]\d+\D*</b>", owner.get(f"/admin/holdings/?on={day}").text), day
    assert app.test_cli_runner().invoke(args=["stock", "verify"]).exit_code == 0
