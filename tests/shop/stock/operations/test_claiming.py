"""Claims on copies: what carts hold and orders are given, and what nobody is promised twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.catalog.operations import editions
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import Allocation, Hold, Location, StockLevel
from shop.stock.operations import Shortage, Taken
from shop.stock.operations.claiming import MOST_HELD_BY_ADDRESS
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused


class Shelf:
    """One edition with copies at one place, and short ways to claim them."""

    def __init__(self, now: datetime, copies: int = 5) -> None:
        self.now = now
        self.edition, self.place = editions_of(make_game())[0], make_location()
        make_stock(self.edition, self.place, copies)
        self.edition_id, self.place_id = self.edition.id, self.place.id

    def hold(
        self, cart: str, copies: int, *, minutes: int = 15, address: str = "a", at: datetime | None = None
    ) -> bool:
        at = at or self.now
        with transaction():
            return stock.hold(
                {self.edition_id: copies},
                cart_key=cart,
                address=address,
                places=[self.place_id],
                until=at + timedelta(minutes=minutes),
                at=at,
            )

    def allocate(self, line: int, copies: int, *, cart: str = "-", at: datetime | None = None) -> list[Taken]:
        with transaction():
            taken = stock.allocate(
                {self.edition_id: copies},
                lines={self.edition_id: line},
                cart_key=cart,
                places=[self.place_id],
                at=at or self.now,
            )
            return [*taken]

    def counters(self) -> tuple[int, int, int]:
        db.session.rollback()
        level = db.session.scalars(db.select(StockLevel).where(StockLevel.edition_id == self.edition_id)).one()
        db.session.refresh(level)
        return level.on_hand, level.allocated, level.held

    def shown(self) -> bool:
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(Game, db.session.get_one(Edition, self.edition_id).game_id).in_stock

    def agrees(self) -> bool:
        return stock.verify(at=self.now)[1] == []


def test_a_hold_takes_copies_from_what_others_can_be_promised(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    assert shelf.hold("one", 3)
    assert shelf.counters() == (5, 0, 3)
    with refused("too_few") as refusal:
        shelf.hold("two", 3)
    assert isinstance(refusal.value, Shortage)
    assert refusal.value.free == {shelf.edition_id: 2}
    assert shelf.counters() == (5, 0, 3)
    assert shelf.agrees()


def test_a_shopper_is_not_blocked_by_their_own_hold(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    shelf.hold("one", 4)
    assert shelf.hold("one", 5)
    assert shelf.counters() == (5, 0, 5)
    assert db.session.scalars(db.select(Hold.quantity)).all() == [5]


def test_an_order_uses_the_hold_of_its_cart(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    shelf.hold("one", 5)
    (taken,) = shelf.allocate(1, 5, cart="one")
    assert (taken.location_id, taken.quantity) == (shelf.place_id, 5)
    assert shelf.counters() == (5, 5, 0)
    assert db.session.scalars(db.select(Hold)).all() == []
    assert not shelf.shown()
    assert shelf.agrees()


def test_an_expired_hold_is_free_for_all_though_nobody_swept_it(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    shelf.hold("one", 5, minutes=15)
    later = now + timedelta(minutes=15)
    shelf.allocate(1, 5, at=later)
    assert shelf.counters() == (5, 5, 0)
    assert shelf.agrees()


def test_a_booking_takes_copies_whose_hold_has_expired(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    shelf.hold("one", 5, minutes=15)

    def write_off(at: datetime) -> None:
        lines = [stock.Line(shelf.edition_id, 2)]
        with transaction():
            stock.write_off(lines, location_id=shelf.place_id, reason="злам", key=key(), actor=actor, at=at)

    with refused("too_few"):
        write_off(now)
    write_off(now + timedelta(minutes=15))
    assert shelf.counters() == (3, 0, 0)
    assert shelf.agrees()


def test_the_last_copy_leaves_the_shop_window_when_it_is_held_and_comes_back(app: Flask, now: datetime) -> None:
    shelf = Shelf(now, copies=1)
    shelf.hold("one", 1)
    assert not shelf.shown()
    with transaction():
        stock.let_go("one", at=now)
    assert shelf.shown()
    assert shelf.counters() == (1, 0, 0)


def test_the_sweep_gives_back_expired_holds_only(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    shelf.hold("one", 2, minutes=15)
    shelf.hold("two", 1, minutes=30)
    with transaction():
        assert stock.let_expired_go(at=now + timedelta(minutes=20)) == 2
    assert shelf.counters() == (5, 0, 1)
    assert shelf.agrees()


def test_one_address_can_not_hold_the_whole_shop(app: Flask, now: datetime) -> None:
    shelf = Shelf(now, copies=100)
    assert shelf.hold("one", MOST_HELD_BY_ADDRESS)
    assert not shelf.hold("two", 1)
    assert shelf.hold("three", 1, address="b")
    assert shelf.allocate(1, 1, cart="two")  # an order is never refused for it
    assert shelf.counters() == (100, 1, MOST_HELD_BY_ADDRESS + 1)


def test_a_claim_releases_exactly_once(app: Flask, now: datetime) -> None:
    shelf = Shelf(now)
    shelf.allocate(1, 3)
    for freed in (3, 0):
        with transaction():
            assert sum(stock.release([1]).values()) == freed
    assert shelf.counters() == (5, 0, 0)
    assert shelf.agrees()


def test_all_shortages_are_told_at_once(app: Flask, now: datetime) -> None:
    first, second = Shelf(now), editions_of(make_game())[0].id
    with refused("too_few") as refusal, transaction():
        stock.hold(
            {first.edition_id: 6, second: 1},
            cart_key="one",
            address="a",
            places=[first.place_id],
            until=now,
            at=now,
        )
    assert isinstance(refusal.value, Shortage)
    assert refusal.value.free == {first.edition_id: 5, second: 0}


def test_nothing_that_is_off_sale_is_promised(app: Flask, now: datetime, actor: Actor) -> None:
    shelf = Shelf(now)
    with transaction():
        editions.archive_edition(shelf.edition_id, actor=actor, at=now)
    with refused("edition_archived"):
        shelf.allocate(1, 1)
    assert shelf.counters() == (5, 0, 0)


@pytest.mark.parametrize(
    ("stands", "wanted", "expected"),
    [
        ({"one": 2, "two": 9}, 3, {"two": 3}),  # the first place that has enough
        ({"one": 2, "two": 2}, 3, {"one": 2, "two": 1}),  # from several where it must be
    ],
)
def test_copies_come_from_as_few_places_as_can_be(
    app: Flask, now: datetime, stands: Mapping[str, int], wanted: int, expected: Mapping[str, int]
) -> None:
    edition = editions_of(make_game())[0]
    places: dict[str, Location] = {name: make_location(name) for name in stands}
    for name, copies in stands.items():
        make_stock(edition, places[name], copies)
    names = {place.id: name for name, place in places.items()}
    with transaction():
        taken = stock.allocate({edition.id: wanted}, lines={edition.id: 1}, cart_key="-", places=[*names], at=now)
    assert {names[each.location_id]: each.quantity for each in taken} == expected
    assert db.session.scalar(db.select(db.func.sum(Allocation.quantity))) == wanted
