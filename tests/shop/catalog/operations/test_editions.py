"""Adding editions, giving them barcodes, taking them off sale."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Game
from shop.catalog.operations.editions import add_edition, archive_edition, attach_barcode, restore_edition
from shop.catalog.queries.prices import price_history
from shop.catalog.rules.editions import Language
from shop.db import db, transaction
from tests.factories import EditionFactsFactory, editions_of, make_game, refused

pytestmark = pytest.mark.usefixtures("app")
BARCODE = "4006381333931"


def _price_from(game_id: int) -> Decimal | None:
    db.session.rollback()
    return db.session.scalar(db.select(Game.price_from).where(Game.id == game_id))


def test_another_edition_gets_an_sku_and_begins_the_history_of_its_price(actor: Actor, now: datetime) -> None:
    game_id = make_game().id
    facts = EditionFactsFactory(price=Decimal(700), language=Language.ENGLISH)
    with transaction():
        edition_id = add_edition(game_id, facts, actor=actor, at=now).id
    added = editions_of(db.session.get_one(Game, game_id))[1]
    assert (added.id, added.sku) == (edition_id, f"GK-{game_id:05}-EN")
    assert [(each.old_price, each.new_price) for each in price_history([edition_id], limit=5)] == [(None, 700)]
    assert _price_from(game_id) == 700


def test_an_sku_of_another_game_is_refused_by_its_title(actor: Actor, now: datetime) -> None:
    make_game(EditionFactsFactory(sku="KARK-1"), title="Каркасон")
    game_id = make_game().id
    with refused("sku_taken") as refusal, transaction():
        add_edition(game_id, replace(EditionFactsFactory(), sku="kark-1"), actor=actor, at=now)
    assert refusal.value.values == {"title": "Каркасон"}


def test_a_barcode_is_attached_once_and_another_one_is_refused(actor: Actor, now: datetime) -> None:
    edition_id = editions_of(make_game())[0].id
    for _ in range(2):
        with transaction():
            assert attach_barcode(edition_id, BARCODE, actor=actor, at=now).ean13 == BARCODE
    with refused("has_barcode"), transaction():
        attach_barcode(edition_id, "9780201379624", actor=actor, at=now)


def test_the_lowest_price_leaves_out_what_is_off_sale(actor: Actor, now: datetime) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(900)), EditionFactsFactory(price=Decimal(700)))
    game_id, cheap_id = game.id, editions_of(game)[1].id
    with transaction():
        archive_edition(cheap_id, actor=actor, at=now)
    assert _price_from(game_id) == 900
    with transaction():
        restore_edition(cheap_id, actor=actor, at=now)
    assert _price_from(game_id) == 700
