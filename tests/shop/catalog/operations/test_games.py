"""Adding and changing games and their editions."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import func

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Game
from shop.catalog.operations import games
from shop.catalog.operations.editions import add_edition, attach_barcode
from shop.catalog.operations.pricing import reprice
from shop.catalog.operations.publishers import add_publisher, rename_publisher
from shop.catalog.operations.words import CATEGORIES, add_word
from shop.catalog.queries.editions import edition_with_code
from shop.catalog.queries.finding import found_by
from shop.catalog.rules.editions import Language
from shop.catalog.rules.facts import GAME_FIELDS, EditionFacts, GameFacts, stored_facts
from shop.catalog.rules.prices import Rounding
from shop.db import db, transaction
from tests.factories import (
    EditionFactsFactory,
    GameFactsFactory,
    editions_of,
    key,
    make_game,
    make_location,
    make_stock,
    refused,
)
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def _found(text: str) -> list[str]:
    return list(db.session.scalars(db.select(Game.title).where(*found_by(text)).order_by(Game.sort_key)))


def test_two_games_of_one_title_have_different_addresses() -> None:
    assert [make_game(title="Каркасон").slug for _ in range(2)] == ["karkason", "karkason-2"]


def test_skus_are_made_up_where_none_is_given_and_say_what_they_are() -> None:
    game = make_game(*(EditionFactsFactory(language=Language(code)) for code in ("uk", "uk", "en")))
    assert [edition.sku for edition in editions_of(game)] == [
        f"GK-{game.id:05}-UK",
        f"GK-{game.id:05}-UK-2",
        f"GK-{game.id:05}-EN",
    ]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"min_players": 4, "max_players": 2}, "players_wrong"),
        ({"best_players": 9}, "best_players_wrong"),
        ({"min_minutes": 0}, "min_minutes_wrong"),
        ({"weight": Decimal("5.01")}, "weight_wrong"),
        ({"min_age": 22}, "min_age_wrong"),
        ({"publisher_id": 77}, "publisher_unknown"),
    ],
)
def test_facts_that_cannot_be_right_are_refused(wrong: dict[str, object], code: str) -> None:
    with refused(code):
        make_game(**wrong)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"price": Decimal(0)}, "price_wrong"),
        ({"ean13": "4006381333930"}, "ean13_wrong"),
        ({"sku": "Артикул"}, "sku_wrong"),
        ({"cost": Decimal(-1)}, "cost_wrong"),
        ({"weight_grams": 0}, "weight_grams_wrong"),
    ],
)
def test_an_edition_that_cannot_be_right_is_refused(wrong: dict[str, object], code: str) -> None:
    with refused(code):
        make_game(EditionFactsFactory(**wrong))


def test_a_barcode_belongs_to_one_edition() -> None:
    make_game(EditionFactsFactory(ean13="4006381333931"), title="Каркасон")
    with refused("ean13_taken") as refusal:
        make_game(EditionFactsFactory(ean13="4006381333931"))
    assert "Каркасон" in str(refusal.value.values)


def test_an_expansion_leads_to_a_game_that_is_none_itself() -> None:
    base = make_game(title="Каркасон")
    expansion = make_game(title="Каркасон: Мисливці", is_expansion=True, base_game_id=base.id)
    assert expansion.base_game_id == base.id
    with refused("base_game_wrong"):
        make_game(is_expansion=True, base_game_id=expansion.id)


def test_a_change_of_what_somebody_else_changed_is_refused(actor: Actor, now: datetime) -> None:
    game = make_game(title="Каркасон")
    version = game.version
    with transaction():
        games.change_game(game.id, GameFactsFactory(title="Нова"), version=version, actor=actor, at=now)
    with refused("changed_meanwhile"), transaction():
        games.change_game(game.id, GameFactsFactory(title="Інша"), version=version, actor=actor, at=now)


def test_the_audit_says_what_was_and_what_became(actor: Actor, now: datetime) -> None:
    game = make_game(title="Каркасон")
    facts = replace(GameFactsFactory(title="Каркасон"), max_players=5)
    with transaction():
        games.change_game(game.id, facts, version=game.version, actor=actor, at=now)
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.GAME_CHANGED)).one()
    assert entry.changes == {"max_players": [4, 5]}
    assert entry.actor_name == "Олена"


def test_a_game_is_found_by_title_publisher_sku_and_barcode(actor: Actor, now: datetime) -> None:
    with transaction():
        publisher = add_publisher("Feelindigo", actor=actor, at=now)
        publisher_id, version = publisher.id, publisher.version
    edition = EditionFactsFactory(sku="KARK-1", ean13="4006381333931")
    make_game(edition, title="Каркасон", title_original="Carcassonne", publisher_id=publisher_id)
    for asked in ("карк", "КАРКАСОН", "carc", "feel карк", "kark-1", "4006381333931"):
        assert _found(asked) == ["Каркасон"], asked
    assert _found("аркасон") == []
    with transaction():
        rename_publisher(publisher_id, "Геймстер", version=version, actor=actor, at=now)
    assert _found("геймст") == ["Каркасон"]
    assert _found("feel") == []
    assert edition_with_code("kark-1") == edition_with_code("4006381333931")


def test_the_lowest_price_of_what_is_on_sale_is_shown(actor: Actor, now: datetime) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(900)), EditionFactsFactory(price=Decimal(700)))
    assert game.price_from == 700
    assert isinstance(EditionFactsFactory(), EditionFacts)


def test_a_game_with_editions_is_saved_in_few_statements(actor: Actor, now: datetime) -> None:
    three = [EditionFactsFactory(language=Language(code)) for code in ("uk", "en", "none")]
    with counted() as adding, transaction():
        game_id = games.add_game(GameFactsFactory(title="Каркасон"), three, actor=actor, at=now).id
    game = db.session.get_one(Game, game_id)
    assert len(adding) <= 8, adding
    stored = {edition.id: edition for edition in editions_of(game)}
    facts = [replace(stored_facts(each), price=each.price + 10, low_stock_at=5) for each in stored.values()]
    version = game.version
    with counted() as saving, transaction():
        games.change_game(game_id, GameFactsFactory(title="Каркасон"), facts, version=version, actor=actor, at=now)
    assert len(saving) <= 8, saving
    assert {each.low_stock_at for each in editions_of(db.session.get_one(Game, game_id))} == {5}


def test_a_game_saved_as_it_was_leaves_its_editions_alone(actor: Actor, now: datetime) -> None:
    game = make_game()
    edition = editions_of(game)[0]
    before = (edition.id, edition.version)
    with transaction():
        games.change_game(game.id, _as_it_is(game), [stored_facts(edition)], version=game.version, actor=actor, at=now)
    edition = editions_of(db.session.get_one(Game, game.id))[0]
    assert (edition.id, edition.version) == before
    assert db.session.scalar(db.select(func.count()).where(AuditEntry.code == AuditCode.EDITION_CHANGED)) == 0


def _as_it_is(game: Game) -> GameFacts:
    return GameFacts(**{name: getattr(game, name) for name in GAME_FIELDS})


def test_another_edition_of_a_game_is_found_by_its_code_and_lowers_its_price(actor: Actor, now: datetime) -> None:
    game_id = make_game(title="Каркасон").id
    with transaction():
        edition_id = add_edition(game_id, EditionFactsFactory(sku="KARK-2", price=Decimal(5)), actor=actor, at=now).id
    with transaction():
        attach_barcode(edition_id, "4006381333931", actor=actor, at=now)
    assert _found("4006381333931") == _found("kark-2") == ["Каркасон"]
    assert db.session.get_one(Game, game_id).price_from == 5


def test_two_rows_of_one_form_cannot_share_a_code() -> None:
    with refused("ean13_taken") as refusal:
        make_game(*(EditionFactsFactory(ean13="4006381333931") for _ in range(2)))
    assert refusal.value.field == "editions-1-ean13"


def test_a_deleted_category_cannot_be_chosen() -> None:
    with refused("category_ids_gone"):
        make_game(category_ids=frozenset({77}))


def test_links_words_and_people_of_a_game_change_together(actor: Actor, now: datetime) -> None:
    with transaction():
        first, second = (add_word(CATEGORIES, name, name_en="", actor=actor, at=now).id for name in ("А", "Б"))
    game = make_game(title="Каркасон", category_ids=frozenset({first}), designers=("Вреде",))
    facts = replace(_as_it_is(game), category_ids=frozenset({second}), designers=("Вреде", "Нова"))
    with transaction():
        games.change_game(game.id, facts, version=game.version, actor=actor, at=now)
    game = db.session.get_one(Game, game.id)
    assert [each.name for each in game.categories] == ["Б"]
    assert [each.name for each in game.designers] == ["Вреде", "Нова"]
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.code == AuditCode.GAME_CHANGED)).one()
    assert entry.changes == {"categories": [["А"], ["Б"]], "designers": [["Вреде"], ["Вреде", "Нова"]]}


def test_who_changed_a_price_meanwhile_is_named(actor: Actor, now: datetime) -> None:
    """The price stands on an edition, the copies that came since are no change of the game."""
    game, place = make_game(), make_location()
    edition, version, other = editions_of(game)[0], game.version, Actor.staff(7, "Олена")
    price = edition.price
    with transaction():
        rounding = Rounding.NINE
        reprice({edition.id: price}, percent=Decimal(10), rounding=rounding, reason="", key=key(), actor=other, at=now)
    make_stock(edition, place, 1)
    with refused("changed_meanwhile") as refusal, transaction():
        games.change_game(game.id, GameFactsFactory(title="Інша"), version=version, actor=actor, at=now)
    assert refusal.value.values == {"who": "Олена"}
