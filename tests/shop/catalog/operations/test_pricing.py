"""Changing many prices in one deed and taking it back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Edition, Game, PriceBatch, PriceChange
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.rules.prices import Rounding
from shop.db import db, transaction
from shop.versions import Published, numbers
from tests.factories import AT, SYSTEM, EditionFactsFactory, editions_of, key, make_game, refused
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")
SEVEN = Decimal(7)


def _price(edition_id: int) -> Decimal:
    db.session.rollback()
    return db.session.get_one(Edition, edition_id).price


def _raise(seen: Mapping[int, Decimal], *, percent: Decimal = SEVEN, form: str = "") -> int:
    with transaction():
        batch = reprice(
            seen, percent=percent, rounding=Rounding.NINE, reason="курс", key=form or key(), actor=SYSTEM, at=AT
        )
        return batch.id


def test_new_prices_are_computed_from_the_percent_and_go_back_together(actor: Actor, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    edition_id, game_id = edition.id, edition.game_id
    batch_id = _raise({edition_id: Decimal(890)})
    assert _price(edition_id) == 949
    batch = db.session.get_one(PriceBatch, batch_id)
    assert (batch.percent, batch.rounding) == (7, Rounding.NINE)
    assert db.session.get_one(Game, game_id).price_from == 949
    with transaction():
        undo_batch(batch_id, reason="помилка", key=key(), actor=actor, at=now)
    assert _price(edition_id) == 890
    assert db.session.get_one(Game, game_id).price_from == 890
    with refused("already_undone"), transaction():
        undo_batch(batch_id, reason="ще раз", key=key(), actor=actor, at=now)


def test_a_price_that_is_not_the_one_that_was_seen_stops_the_batch() -> None:
    first, second = (editions_of(make_game(title=title))[0].id for title in ("Перша", "Друга"))
    with refused("price_changed") as refusal:
        _raise({first: Decimal(890), second: Decimal(800)})
    assert refusal.value.values["price"] == 890
    assert _price(first) == 890


def test_a_used_key_answers_only_what_it_was_used_for() -> None:
    first, second = (editions_of(make_game(title=title))[0].id for title in ("Перша", "Друга"))
    form = key()
    batch_id = _raise({first: Decimal(890)}, form=form)
    assert _raise({first: Decimal(890)}, form=form) == batch_id
    for other in ({"percent": Decimal(8)}, {"seen": {second: Decimal(890)}}):
        with refused("key_used_otherwise"):
            _raise(**{"seen": {first: Decimal(890)}, "form": form} | other)  # type: ignore[arg-type]  # one of each
    assert (_price(first), _price(second)) == (949, 890)


@pytest.mark.parametrize(
    ("percent", "code"), [("0", "percent_wrong"), ("301", "percent_wrong"), ("0.01", "nothing_to_reprice")]
)
def test_a_change_that_changes_nothing_or_too_much_is_refused(percent: str, code: str) -> None:
    edition_id = editions_of(make_game(EditionFactsFactory(price=Decimal(889))))[0].id
    with refused(code):
        _raise({edition_id: Decimal(889)}, percent=Decimal(percent))


def test_an_edition_that_is_not_there_is_not_found() -> None:
    with refused("edition_not_found"):
        _raise({77: Decimal(890)})


def test_prices_that_were_changed_since_stay_when_a_batch_is_undone(actor: Actor, now: datetime) -> None:
    first, second = (editions_of(make_game(title=title))[0].id for title in ("Перша", "Друга"))
    batch_id = _raise({first: Decimal(890), second: Decimal(890)})
    _raise({second: Decimal(949)})
    with transaction():
        undo_batch(batch_id, reason="помилка", key=key(), actor=actor, at=now)
    assert (_price(first), _price(second)) == (890, 1019)


def test_each_price_has_its_history_its_entry_in_the_audit_and_a_new_version() -> None:
    edition = editions_of(make_game(title="Каркасон"))[0]
    edition_id, sku, version = edition.id, edition.sku, edition.version
    _raise({edition_id: Decimal(890)})
    change = db.session.scalars(db.select(PriceChange).where(PriceChange.batch_id.is_not(None))).one()
    assert (change.old_price, change.new_price, change.actor_name, change.reason) == (890, 949, "Тести", "курс")
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.EDITION_REPRICED)).one()
    assert (entry.subject_id, entry.subject_label) == (edition_id, f"Каркасон · {sku}")
    assert entry.changes == {"price": ["890.00", "949.00"]}
    assert db.session.get_one(Edition, edition_id).version == version + 1


def test_statements_do_not_grow_with_the_prices_and_the_storefront_hears_of_them_once() -> None:
    made = [make_game(title=f"Гра {number}") for number in range(12)]
    editions = [editions_of(game)[0].id for game in made]
    before = numbers()[Published.CATALOGUE]
    db.session.rollback()
    with counted() as few:
        _raise({editions[0]: Decimal(890)})
    with counted() as many:
        _raise(dict.fromkeys(editions[1:], Decimal(890)))
    assert len(many) == len(few) <= 17
    assert numbers()[Published.CATALOGUE] == before + 2
