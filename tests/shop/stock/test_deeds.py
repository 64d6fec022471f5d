"""Receiving, writing off, adjusting, transferring and undoing."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Game
from shop.db import db, transaction
from shop.errors import Invalid, NotFound
from shop.stock.models import StockDocument, StockLevel, StockMovement
from shop.stock.operations import deeds as stock
from shop.stock.operations import places
from shop.stock.operations.deeds import Line
from shop.stock.operations.verifying import verify
from shop.stock.queries.holdings import holdings
from shop.stock.queries.why import why
from shop.stock.rules import MovementKind
from tests.factories import EditionFactsFactory, editions_of, key, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def _level() -> StockLevel:
    db.session.expire_all()
    return db.session.scalars(db.select(StockLevel)).one()


def test_receiving_books_copies_and_what_they_cost(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with transaction():
        stock.receive([Line(edition.id, 24, Decimal("412.50"))], location_id=place.id, key=key(), actor=actor, at=now)
    level = _level()
    assert (level.on_hand, level.available, level.value) == (24, 24, Decimal("9900"))
    assert db.session.get_one(Game, edition.game_id).in_stock


def test_a_form_that_was_gone_back_to_and_changed_is_not_answered_with_what_it_did_before(
    actor: Actor, now: datetime
) -> None:
    edition, place, form = editions_of(make_game())[0], make_location(), key()
    for quantity in (2, 70):
        lines = [Line(edition.id, quantity)]
        if quantity == 2:
            with transaction():
                stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now)
        else:
            with refused("key_used"), transaction():
                stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now)
    assert _level().on_hand == 2


def test_one_edition_may_come_at_its_own_cost_and_at_the_same_cost_typed(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(cost=Decimal(500))))[0], make_location()
    lines = [Line(edition.id, 2), Line(edition.id, 3, Decimal(500))]
    with transaction():
        stock.receive(lines, location_id=place.id, key=key(), actor=actor, at=now)
    assert (_level().on_hand, _level().value) == (5, Decimal(2500))


def test_the_same_form_sent_twice_receives_once(actor: Actor, now: datetime) -> None:
    edition, place, form = editions_of(make_game())[0], make_location(), key()
    documents = set()
    for _ in range(2):
        with transaction():
            lines = [Line(edition.id, 5)]
            documents.add(stock.receive(lines, location_id=place.id, key=form, actor=actor, at=now).id)
    assert len(documents) == 1
    assert _level().on_hand == 5


def test_writing_off_more_than_is_on_hand_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 3)
    with refused("too_few"), transaction():
        stock.write_off([Line(edition.id, 4)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert _level().on_hand == 3
    assert db.session.scalar(db.select(db.func.count()).select_from(StockMovement)) == 1


def test_all_shortages_are_reported_together(actor: Actor, now: datetime) -> None:
    place = make_location()
    first, second = (editions_of(make_game(title=title))[0] for title in ("Перша", "Друга"))
    make_stock(first, place, 1)
    make_stock(second, place, 1)
    lines = [Line(first.id, 2), Line(second.id, 2)]
    with refused("too_few") as shortage, transaction():
        stock.write_off(lines, location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    assert "Перша" in str(shortage.value.values["missing"])
    assert "Друга" in str(shortage.value.values["missing"])


def test_a_write_off_needs_a_reason(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 3)
    with refused("reason_missing"), transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="  ", key=key(), actor=actor, at=now)


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_an_impossible_quantity_is_refused(quantity: int, actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with pytest.raises(Invalid), transaction():
        stock.receive([Line(edition.id, quantity)], location_id=place.id, key=key(), actor=actor, at=now)


def test_unknown_editions_and_locations_are_not_found(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with pytest.raises(NotFound), transaction():
        stock.receive([Line(9999, 1)], location_id=place.id, key=key(), actor=actor, at=now)
    with pytest.raises(NotFound), transaction():
        stock.receive([Line(edition.id, 1)], location_id=9999, key=key(), actor=actor, at=now)


def test_adjusting_sets_what_was_counted(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    with transaction():
        stock.adjust(
            edition.id, location_id=place.id, counted=7, seen=10, reason="перелік", key=key(), actor=actor, at=now
        )
    assert (_level().on_hand, _level().value) == (7, Decimal(3500))


def test_adjusting_what_moved_meanwhile_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 10)
    with refused("moved_meanwhile"), transaction():
        stock.adjust(
            edition.id, location_id=place.id, counted=7, seen=9, reason="перелік", key=key(), actor=actor, at=now
        )


def test_a_transfer_moves_copies_with_their_cost(actor: Actor, now: datetime) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 3, Decimal("100.01"))
    with transaction():
        stock.transfer(
            [Line(edition.id, 2)],
            from_location_id=store.id,
            to_location_id=shop.id,
            key=key(),
            actor=actor,
            at=now,
        )
    levels = {level.location.name: level for level in db.session.scalars(db.select(StockLevel))}
    assert (levels["Склад"].on_hand, levels["Крамниця"].on_hand) == (1, 2)
    assert levels["Склад"].value + levels["Крамниця"].value == Decimal("300.03")


def test_undoing_a_write_off_brings_the_copies_back(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        wrong_id = wrong.id
    with transaction():
        undoing = stock.reverse(wrong_id, reason="не та коробка", key=key(), actor=actor, at=now)
        assert undoing.reverses_id == wrong_id
    assert (_level().on_hand, _level().value) == (5, Decimal(2500))
    with refused("already_undone"), transaction():
        stock.reverse(wrong_id, reason="ще раз", key=key(), actor=actor, at=now)
    codes = set(db.session.scalars(db.select(AuditEntry.code)))
    assert {AuditCode.STOCK_WRITTEN_OFF, AuditCode.STOCK_REVERSED} <= codes


def test_undoing_a_receipt_or_a_transfer_brings_the_worth_back(actor: Actor, now: datetime) -> None:
    edition, store, shop = editions_of(make_game())[0], make_location("Склад"), make_location("Крамниця")
    make_stock(edition, store, 10, Decimal(300))
    make_stock(edition, shop, 10, Decimal(100))
    with transaction():
        receipt = stock.receive(
            [Line(edition.id, 10, Decimal(100))], location_id=store.id, key=key(), actor=actor, at=now
        )
        stock.reverse(receipt.id, reason="не те", key=key(), actor=actor, at=now)
        moved = stock.transfer(
            [Line(edition.id, 5)], from_location_id=store.id, to_location_id=shop.id, key=key(), actor=actor, at=now
        )
        stock.reverse(moved.id, reason="не туди", key=key(), actor=actor, at=now)
    levels = {level.location.name: (level.on_hand, level.value) for level in db.session.scalars(db.select(StockLevel))}
    assert levels == {"Склад": (10, Decimal(3000)), "Крамниця": (10, Decimal(1000))}


def test_copies_do_not_come_to_an_edition_that_is_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    with transaction():
        places.retire_edition(edition.id, actor=actor, at=now)
    with refused("edition_archived"), transaction():
        stock.receive([Line(edition.id, 1)], location_id=place.id, key=key(), actor=actor, at=now)


def test_undoing_brings_nothing_back_to_an_edition_that_is_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 2)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 2)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        wrong_id = wrong.id
        places.retire_edition(edition.id, actor=actor, at=now)
    with refused("edition_archived"), transaction():
        stock.reverse(wrong_id, reason="помилка", key=key(), actor=actor, at=now)
    with transaction():
        assert verify(at=now)[1] == []


def test_undoing_a_receipt_whose_copies_have_gone_is_refused(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 5)
    receipt_id = db.session.scalars(db.select(StockDocument.id)).one()
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    with refused("too_few"), transaction():
        stock.reverse(receipt_id, reason="?", key=key(), actor=actor, at=now)


@pytest.mark.parametrize("table", ["stock_movement", "stock_document", "audit_entry", "price_change"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET actor_name = 'хтось'", "DELETE FROM {}"])
def test_what_has_happened_is_never_changed(table: str, deed: str) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 5)
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(text(deed.format(table)))
    db.session.rollback()


def test_why_explains_the_number_and_counts_an_undone_deed_as_nothing(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 50)
    with transaction():
        wrong = stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="?", key=key(), actor=actor, at=now)
        stock.reverse(wrong.id, reason="помилка", key=key(), actor=actor, at=now + timedelta(hours=1))
        stock.write_off([Line(edition.id, 3)], location_id=place.id, reason="!", key=key(), actor=actor, at=now)
    answer = why(edition.id)
    assert answer.on_hand == 47
    assert answer.sums == {MovementKind.RECEIPT: 50, MovementKind.WRITE_OFF: -3}
    assert [row.balance for row in answer.rows] == [47, 50, 47, 50]
    assert why(edition.id, until=now).on_hand == 50
    assert why(edition.id, kind=MovementKind.REVERSAL).total == 1


def test_what_was_held_on_a_day_and_its_worth(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game(EditionFactsFactory(sku="A-1")))[0], make_location()
    make_stock(edition, place, 4, Decimal(250))
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    before, after = holdings(until=now), holdings(until=now + timedelta(days=1))
    assert (before.copies, before.value) == (4, Decimal(1000))
    assert (after.copies, after.value) == (3, Decimal(750))


def test_the_last_copy_takes_the_game_out_of_stock(actor: Actor, now: datetime) -> None:
    game, place = make_game(), make_location()
    edition = editions_of(game)[0]
    make_stock(edition, place, 1)
    version = db.session.get_one(Game, game.id).version
    with transaction():
        stock.write_off([Line(edition.id, 1)], location_id=place.id, reason="злам", key=key(), actor=actor, at=now)
    game = db.session.get_one(Game, game.id)
    assert not game.in_stock
    assert game.version == version


def test_an_edition_with_copies_is_not_taken_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 1)
    with refused("edition_not_empty"), transaction():
        places.retire_edition(edition.id, actor=actor, at=now)


def test_the_verification_finds_a_number_that_was_changed_behind_its_back(now: datetime) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 5)
    with transaction():
        assert verify(at=now)[1] == []
        db.session.execute(text("UPDATE stock_level SET on_hand = 6"))
        check, drifts = verify(at=now)
    assert [str(drift) for drift in drifts] == ["stock_level#1.on_hand: 6 is stored, 5 is computed"]
    assert check.drifts == 1
