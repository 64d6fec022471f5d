"""Shoppers, orders and staff take the same copies at once, while holds expire: none is promised or sold twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

from flask import Flask

from shop.audit.rules import Actor
from shop.db import db, in_transaction
from shop.errors import Conflict
from shop.stock import operations as stock
from shop.stock.models import Allocation, StockLevel
from shop.stock.operations import Line, verify
from tests.factories import editions_of, key, make_game, make_location, make_stock

THREADS = 6
ROUNDS = 12


def test_claims_and_bookings_at_once_never_promise_a_copy_twice(app: Flask, actor: Actor, now: datetime) -> None:
    here, there = make_location("Тут"), make_location("Там")
    both = [editions_of(make_game(title=title))[0] for title in ("Перша", "Друга")]
    for edition in both:
        make_stock(edition, here, 20)
        make_stock(edition, there, 10)
    ids, places = [edition.id for edition in both], [here.id, there.id]
    barrier = Barrier(THREADS)

    def shop(number: int) -> None:
        at = now + timedelta(minutes=number)
        demand = dict.fromkeys(ids if number % 3 else ids[::-1], 1 + number % 2)
        lines = {edition_id: number * 10 + place for place, edition_id in enumerate(demand, 1)}
        if number % 6 == 0:
            one = [Line(ids[number % 2], 1)]
            stock.write_off(one, location_id=places[0], reason="злам", key=key(), actor=actor, at=at)
        elif number % 6 == 1:
            one = [Line(ids[number % 2], 1)]
            stock.transfer(one, from_location_id=places[0], to_location_id=places[1], key=key(), actor=actor, at=at)
        elif number % 6 == 2:
            stock.hold(demand, cart_key=f"cart{number}", address=f"{number % 3}", places=places, until=at, at=at)
        elif number % 6 == 3:
            stock.allocate(demand, lines=lines, cart_key=f"cart{number - 1}", places=places, at=at)
            stock.release(list(lines.values()))
        else:
            stock.allocate(demand, lines=lines, cart_key=f"cart{number}", places=places, at=at)
            if number % 6 == 5:
                stock.dispatch(
                    {lines[each]: copies for each, copies in demand.items()},
                    source_kind="order",
                    source_key=str(number),
                    key=key(),
                    actor=actor,
                    at=at,
                )

    def person(thread: int) -> int:
        refusals = 0
        with app.app_context():
            barrier.wait()
            for turn in range(ROUNDS):
                try:
                    in_transaction(lambda number=thread * ROUNDS + turn: shop(number))
                except Conflict:
                    refusals += 1
            db.session.remove()
        return refusals

    with ThreadPoolExecutor(THREADS) as threads:
        assert sum(threads.map(person, range(THREADS))) > 0  # copies run out on the way
    db.session.rollback()
    assert verify(at=now)[1] == []
    levels = db.session.scalars(db.select(StockLevel)).all()
    assert all(level.available >= 0 for level in levels)
    promised = db.session.scalar(db.select(db.func.sum(Allocation.quantity)))
    assert promised == sum(level.allocated for level in levels) > 0
