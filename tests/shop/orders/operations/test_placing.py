"""Placing an order: once, at the prices that were seen, with the copies claimed."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor
from shop.catalog.models import Edition
from shop.db import db, transaction
from shop.orders import operations as orders
from shop.orders.models import Order, OrderLine
from shop.orders.operations import Asked, Customer
from shop.orders.queries.orders import order_by_key, order_by_number
from shop.orders.rules.states import PaymentMethod
from shop.outbox.models import OutboxMessage
from shop.stock.models import Allocation, Hold, StockLevel
from shop.stock.operations import Shortage, verify
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused
from tests.factories.orders import OKSANA, asked, make_cart, make_order


@pytest.fixture
def edition(app: Flask) -> Edition:
    """An edition for 890 hryvnias with five copies."""
    edition = editions_of(make_game(title="Каркасон"))[0]
    make_stock(edition, make_location(), 5)
    return edition


def _counters() -> tuple[int, int, int]:
    db.session.rollback()
    level = db.session.execute(db.select(StockLevel.on_hand, StockLevel.allocated, StockLevel.held)).one()
    return level[0], level[1], level[2]


def test_an_order_copies_what_it_sold_and_claims_it(edition: Edition, now: datetime) -> None:
    order = make_order({edition.id: 2}, at=now)
    (line,) = db.session.scalars(db.select(OrderLine)).all()
    assert (line.title, line.sku, line.unit_price, line.total) == ("Каркасон", edition.sku, Decimal(890), Decimal(1780))
    assert order.total == Decimal(1780)
    assert _counters() == (5, 2, 0)
    assert db.session.scalars(db.select(Allocation.quantity)).all() == [2]
    assert order_by_number(order.number).id == order_by_key(order.key).id == order.id
    assert verify(at=now)[1] == []


def test_its_letter_waits_and_its_audit_names_nobody(edition: Edition, now: datetime) -> None:
    order = make_order({edition.id: 2}, at=now)
    assert db.session.scalars(db.select(OutboxMessage.key)).all() == [f"order.placed:{order.id}"]
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.subject_kind == "customer_order")).one()
    assert (entry.code, entry.subject_label, entry.actor_name) == ("order.placed", str(order.number), "")
    assert OKSANA.name not in str(entry.changes)


def test_the_same_cart_sent_again_is_the_same_order(edition: Edition, now: datetime) -> None:
    cart, placed = make_cart({edition.id: 1}, at=now), []
    for _ in range(3):
        with transaction():
            placed.append(orders.place(cart, asked(890), actor=Actor.guest(), at=now).id)
    assert len(set(placed)) == 1
    assert _counters() == (5, 1, 0)


def test_the_hold_of_the_cart_becomes_the_order(edition: Edition, now: datetime) -> None:
    cart = make_cart({edition.id: 5}, at=now)
    with transaction():
        orders.hold(cart, address="a", at=now)
    with transaction():
        orders.place(cart, asked(4450), actor=Actor.guest(), at=now)
    assert _counters() == (5, 5, 0)
    assert db.session.scalars(db.select(Hold)).all() == []


def test_too_few_copies_leave_the_cart_as_it_was(edition: Edition, now: datetime) -> None:
    make_order({edition.id: 4}, at=now)
    cart = make_cart({edition.id: 2}, at=now)
    with refused("too_few") as refusal, transaction():
        orders.place(cart, asked(1780), actor=Actor.guest(), at=now)
    assert isinstance(refusal.value, Shortage)
    assert refusal.value.free == {edition.id: 1}
    assert _counters() == (5, 4, 0)
    with transaction():
        orders.change(cart, edition.id, 1)
    with transaction():
        assert orders.place(cart, asked(890), actor=Actor.guest(), at=now).id


def test_a_sum_that_was_not_seen_is_not_slipped_in(edition: Edition, now: datetime) -> None:
    cart = make_cart({edition.id: 1}, at=now)
    with refused("total_changed") as refusal, transaction():
        orders.place(cart, asked(1), actor=Actor.guest(), at=now)
    assert "890" in str(refusal.value)
    assert db.session.scalars(db.select(Order)).all() == []


@pytest.mark.parametrize(
    ("customer", "code"), [(Customer(" ", "1"), "name_missing"), (Customer("О", ""), "phone_missing")]
)
def test_without_a_name_or_telephone_there_is_no_order(
    edition: Edition, now: datetime, customer: Customer, code: str
) -> None:
    cart = make_cart({edition.id: 1}, at=now)
    with refused(code), transaction():
        wanted = Asked(customer=customer, payment_method=PaymentMethod.TRANSFER, total_seen=Decimal(890))
        orders.place(cart, wanted, actor=Actor.guest(), at=now)
    assert _counters() == (5, 0, 0)


def test_an_unpaid_transfer_keeps_its_copies_for_three_days(edition: Edition, now: datetime) -> None:
    order = make_order({edition.id: 1}, at=now, payment=PaymentMethod.TRANSFER)
    assert order.expires_at == now + timedelta(days=3)
    assert make_order({edition.id: 1}, at=now).expires_at is None


def test_an_order_by_telephone_has_a_discount_with_a_reason_and_is_made_once(
    edition: Edition, now: datetime, actor: Actor
) -> None:
    def by_telephone(reason: str, form: str) -> Order:
        wanted = Asked(OKSANA, PaymentMethod.ON_DELIVERY, Decimal("1691.00"), Decimal(5), reason)
        with transaction():
            return orders.place_for_customer({edition.id: 2}, wanted, key=form, actor=actor, at=now)

    with refused("reason_missing"):
        by_telephone(" ", key())
    form = key()
    first = by_telephone("постійна клієнтка", form).id
    assert by_telephone("постійна клієнтка", form).id == first
    with refused("key_used_otherwise"):
        by_telephone("інше", form)
    assert _counters() == (5, 2, 0)


def test_an_order_by_telephone_has_an_end(app: Flask, now: datetime, actor: Actor) -> None:
    with refused("order_full"), transaction():
        orders.place_for_customer(dict.fromkeys(range(1, 202), 1), asked(890), key=key(), actor=actor, at=now)


@pytest.mark.parametrize(
    ("name", "most"), [("name", 120), ("phone", 20), ("email", 254), ("address", 300), ("comment", 2_000)]
)
def test_what_is_too_long_is_refused_and_not_cut(edition: Edition, now: datetime, name: str, most: int) -> None:
    cart = make_cart({edition.id: 1}, at=now)
    for letters, code in ((most + 1, f"{name}_long"), (most, "")):
        customer = replace(OKSANA, **{name: "1" * letters})
        wanted = Asked(customer=customer, payment_method=PaymentMethod.TRANSFER, total_seen=Decimal(890))
        if code:
            with refused(code) as refusal, transaction():
                orders.place(cart, wanted, actor=Actor.guest(), at=now)
            assert refusal.value.field == name
        else:
            with transaction():
                assert getattr(orders.place(cart, wanted, actor=Actor.guest(), at=now), name) == "1" * most


@pytest.mark.parametrize("percent", ["NaN", "sNaN", "Infinity", "-Infinity", "-1", "100.01", "5.001"])
def test_a_discount_that_can_not_be_is_refused(edition: Edition, now: datetime, actor: Actor, percent: str) -> None:
    wanted = Asked(OKSANA, PaymentMethod.ON_DELIVERY, Decimal(890), Decimal(percent), "постійна клієнтка")
    with refused("discount_wrong"), transaction():
        orders.place_for_customer({edition.id: 1}, wanted, key=key(), actor=actor, at=now)
