"""A document and what undid it."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.stock import operations as stock
from shop.stock.queries.documents import document_page
from tests.factories import editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def test_a_document_shows_its_lines_and_what_undid_it(actor: Actor, now: datetime) -> None:
    make_stock(editions_of(make_game(title="Азул"))[0], make_location(), 3, Decimal(100))
    assert document_page(1, with_cost=False).can_be_undone
    with transaction():
        stock.reverse(1, reason="не те", key=key(), actor=actor, at=now)
    receipt, undoing = (document_page(each, with_cost=True) for each in (1, 2))
    assert (receipt.copies, receipt.value, receipt.undone_by.id, receipt.undoes) == (3, Decimal(300), 2, None)
    assert (undoing.copies, undoing.value, undoing.undone_by, undoing.undoes.id) == (-3, Decimal(-300), None, 1)
    assert not receipt.can_be_undone
    assert not undoing.can_be_undone
    assert [(row.title, row.quantity, row.value) for row in undoing.movements] == [("Азул", -3, Decimal(-300))]


def test_a_transfer_and_its_undoing_speak_of_the_copies_that_arrive(actor: Actor, now: datetime) -> None:
    edition, here, there = editions_of(make_game())[0], make_location("Тут"), make_location("Там")
    make_stock(edition, here, 3, Decimal(100))
    with transaction():
        moved = stock.transfer(
            [stock.Line(edition.id, 2)],
            from_location_id=here.id,
            to_location_id=there.id,
            key=key(),
            actor=actor,
            at=now,
        )
        stock.reverse(moved.id, reason="не те", key=key(), actor=actor, at=now)
    for document_id in (2, 3):
        page = document_page(document_id, with_cost=True)
        assert (page.copies, page.value) == (2, Decimal(200))


def test_costs_are_not_even_read_for_those_who_may_not_see_them() -> None:
    make_stock(editions_of(make_game())[0], make_location(), 3)
    page = document_page(1, with_cost=False)
    assert page.value is None
    assert not hasattr(page.movements[0], "value")


def test_a_document_that_is_not_there_is_not_found() -> None:
    with refused("document_not_found"):
        document_page(1, with_cost=True)
