"""Attaching codes to editions and taking them away."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Game
from shop.catalog.operations.codes import add_game_with_code, attach_code, detach_code
from shop.catalog.operations.editions import add_edition
from shop.catalog.operations.games import add_game
from shop.catalog.queries.editions import edition_with_code
from shop.catalog.queries.finding import found_by
from shop.catalog.rules.facts import sku_stem
from shop.db import db, transaction
from tests.factories import EditionFactsFactory, GameFactsFactory, editions_of, make_game, refused
from tests.factories.people import codes

pytestmark = pytest.mark.usefixtures("app")
BARCODE, CARTON, OWN = "4006381333931", "10012345678902", "GEEKACH 17"


def _id_with(code: str) -> int | None:
    db.session.rollback()
    edition = edition_with_code(code)
    return edition.id if edition else None


def test_the_first_ean13_becomes_the_barcode_and_any_other_code_is_one_more(actor: Actor, now: datetime) -> None:
    edition = editions_of(make_game())[0]
    edition_id = edition.id
    for code in (BARCODE, "9780201379624", "96385074", CARTON, OWN, OWN):
        with transaction():
            attach_code(edition_id, code, actor=actor, at=now)
    assert {_id_with(code) for code in (BARCODE, "9780201379624", "96385074", CARTON, "geekach17")} == {edition_id}
    assert codes().count(AuditCode.EDITION_CODE_ATTACHED) == 4
    assert db.session.scalars(db.select(Game.id).where(*found_by("96385074"))).all() == [edition.game_id]


def test_a_code_that_cannot_be_one_or_that_another_game_has_is_refused(actor: Actor, now: datetime) -> None:
    make_game(EditionFactsFactory(ean13=BARCODE), title="Каркасон")
    edition_id = editions_of(make_game())[0].id
    with refused("code_wrong"), transaction():
        attach_code(edition_id, "4006381333930", actor=actor, at=now)
    with refused("code_taken") as refusal, transaction():
        attach_code(edition_id, BARCODE, actor=actor, at=now)
    assert refusal.value.values == {"title": "Каркасон"}


def test_a_code_beside_the_barcode_is_no_barcode_for_another_edition(actor: Actor, now: datetime) -> None:
    game = make_game(EditionFactsFactory(ean13="9780201379624"), title="Каркасон")
    other_id, edition_id = make_game().id, editions_of(game)[0].id
    with transaction():
        attach_code(edition_id, BARCODE, actor=actor, at=now)
    with refused("ean13_taken"), transaction():
        add_edition(other_id, EditionFactsFactory(ean13=BARCODE), actor=actor, at=now)


def test_a_code_beside_the_barcode_is_no_sku_for_another_edition(actor: Actor, now: datetime) -> None:
    edition_id, other = editions_of(make_game(title="Каркасон"))[0].id, make_game()
    other_id = other.id
    with transaction():
        attach_code(edition_id, "GEEKACH17", actor=actor, at=now)
    with refused("sku_taken") as refusal, transaction():
        add_game(GameFactsFactory(), [EditionFactsFactory(sku="GEEKACH17")], actor=actor, at=now)
    assert (refusal.value.field, refusal.value.values) == ("editions-0-sku", {"title": "Каркасон"})
    with refused("sku_taken"), transaction():
        add_edition(other_id, EditionFactsFactory(sku="GEEKACH17"), actor=actor, at=now)


def test_an_sku_made_up_for_an_edition_is_no_code_of_another(actor: Actor, now: datetime) -> None:
    edition_id, other_id = editions_of(make_game())[0].id, make_game(EditionFactsFactory(sku="OWN-1")).id
    made = sku_stem(other_id, EditionFactsFactory().language, EditionFactsFactory().condition)
    with transaction():
        attach_code(edition_id, made, actor=actor, at=now)
    with transaction():
        assert add_edition(other_id, EditionFactsFactory(sku=""), actor=actor, at=now).sku == f"{made}-2"


def test_an_sku_is_no_barcode_of_another_edition_nor_the_other_way(actor: Actor, now: datetime) -> None:
    make_game(EditionFactsFactory(sku=BARCODE, ean13="9780201379624"))
    for column, facts in (
        ("ean13", EditionFactsFactory(ean13=BARCODE)),
        ("sku", EditionFactsFactory(sku="9780201379624")),
    ):
        with refused(f"{column}_taken"), transaction():
            add_game(GameFactsFactory(), [facts], actor=actor, at=now)


def test_codes_attached_by_mistake_are_taken_away_again(actor: Actor, now: datetime) -> None:
    edition_id = editions_of(make_game())[0].id
    for code in (BARCODE, OWN):
        with transaction():
            attach_code(edition_id, code, actor=actor, at=now)
        with transaction():
            detach_code(edition_id, code, actor=actor, at=now)
        assert _id_with(code) is None
    with transaction():
        detach_code(edition_id, OWN, actor=actor, at=now)
    assert codes()[-2:] == [AuditCode.EDITION_CODE_ATTACHED, AuditCode.EDITION_CODE_DETACHED]


def test_a_new_game_gets_the_code_that_was_scanned(actor: Actor, now: datetime) -> None:
    with transaction():
        game = add_game_with_code(GameFactsFactory(), [EditionFactsFactory()], CARTON, actor=actor, at=now)
        game_id = game.id
    assert _id_with(CARTON) == editions_of(db.session.get_one(Game, game_id))[0].id
