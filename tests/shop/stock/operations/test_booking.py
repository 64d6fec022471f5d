"""What all bookings have in common: few statements, one time that never goes back, no lock that waits for another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import StockDocument, StockLevel, StockMovement
from shop.stock.operations import Line, verify
from shop.stock.queries.why import why
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock, refused
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def _many_editions(count: int) -> list[Edition]:
    """Of ten games, since a booking locks games too."""
    games = [make_game(*(EditionFactsFactory(printing=f"№ {n}") for n in range(count // 10))) for _ in range(10)]
    return [edition for game in games for edition in editions_of(game)]


def test_statements_do_not_grow_with_the_lines_of_a_document(actor: Actor, now: datetime) -> None:
    place, other = make_location(), make_location("Крамниця")
    few, many = _many_editions(10), _many_editions(200)
    sent = {}
    for editions in (few, many):
        lines = [Line(edition.id, 2, Decimal(100)) for edition in editions]
        with counted() as statements, transaction():
            receipt = stock.receive(lines, location_id=place.id, key=key(), actor=actor, at=now).id
        sent[len(editions), "receipt"] = len(statements)
        with counted() as statements, transaction():
            stock.reverse(receipt, reason="не те", key=key(), actor=actor, at=now)
        sent[len(editions), "undoing"] = len(statements)
        with transaction():
            stock.receive(lines, location_id=place.id, key=key(), actor=actor, at=now)
        with counted() as statements, transaction():
            stock.transfer(lines, from_location_id=place.id, to_location_id=other.id, key=key(), actor=actor, at=now)
        sent[len(editions), "transfer"] = len(statements)
    assert max(sent.values()) <= 40, sent
    for deed in ("receipt", "undoing", "transfer"):
        assert sent[200, deed] == sent[10, deed], sent
    assert verify(at=now)[1] == []


def test_a_level_never_goes_back_in_time_though_clocks_do(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with transaction():
        stock.receive([Line(edition.id, 5)], location_id=place.id, key=key(), actor=actor, at=now)
    with transaction():
        lines = [Line(edition.id, 3)]
        early = now - timedelta(hours=2)
        stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=early)
    moments = db.session.scalars(db.select(StockMovement.occurred_at).order_by(StockMovement.id)).all()
    assert moments == [now, now]
    assert set(db.session.scalars(db.select(StockDocument.occurred_at))) == {now}
    assert why(edition.id, until=now - timedelta(hours=1)).on_hand == 0
    assert why(edition.id, until=now + timedelta(seconds=1)).on_hand == 2
    assert verify(at=now)[1] == []


def test_under_load_no_movement_stands_before_the_one_that_it_follows(app: Flask, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 500)
    edition_id, place_id = edition.id, place.id

    def take(number: int) -> None:
        with app.app_context(), transaction():
            at = now + timedelta(seconds=number * 7919 % 60)
            lines = [Line(edition_id, 1)]
            stock.write_off(lines, location_id=place_id, reason="взято", key=f"t-{number}", actor=actor, at=at)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(take, range(40)))
    db.session.rollback()
    moments = db.session.scalars(db.select(StockMovement.occurred_at).order_by(StockMovement.id)).all()
    assert len(moments) == 41
    assert moments == sorted(moments)
    assert verify(at=now)[1] == []


def test_promised_copies_may_not_leave_the_shelf(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    with transaction():
        db.session.execute(db.update(StockLevel).values(allocated=4, held=2, oversell_cap=2))
    with refused("too_few") as refusal, transaction():
        stock.write_off([Line(edition.id, 2)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert refusal.value.values["missing"].endswith(": 1")
