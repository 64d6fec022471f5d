"""A game is made as a draft, put on sale when nothing is missing, hidden, and shown again."""

from datetime import datetime

import pytest

from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Game
from shop.catalog.operations import editions, games, publishing
from shop.catalog.rules.facts import GameFacts
from shop.catalog.rules.states import GameState, Missing
from shop.db import db, transaction
from shop.versions import Published, numbers
from tests.factories import EditionFactsFactory, GameFactsFactory, editions_of, make_game, refused
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def _state(game_id: int) -> GameState:
    db.session.rollback()
    return db.session.get_one(Game, game_id).state


def _codes(game_id: int) -> list[AuditCode]:
    about = AuditEntry.subject_kind == "game", AuditEntry.subject_id == game_id
    return list(db.session.scalars(db.select(AuditEntry.code).where(*about).order_by(AuditEntry.id)))


def test_a_new_game_is_a_draft_until_it_is_put_on_sale(actor: Actor, now: datetime) -> None:
    with transaction():
        game_id = games.add_game(GameFactsFactory(), [EditionFactsFactory()], actor=actor, at=now).id
    assert _state(game_id) is GameState.DRAFT
    before = numbers()[Published.CATALOGUE]
    with transaction():
        version = db.session.get_one(Game, game_id).version
        publishing.publish_game(game_id, version=version, actor=actor, at=now)
    assert _state(game_id) is GameState.ON_SALE
    assert numbers()[Published.CATALOGUE] == before + 1
    assert _codes(game_id) == [AuditCode.GAME_ADDED, AuditCode.GAME_PUBLISHED]


def test_a_game_can_be_made_and_changed_and_put_on_sale_in_one_deed(actor: Actor, now: datetime) -> None:
    with transaction():
        made = games.add_game(GameFactsFactory(), [EditionFactsFactory()], publish=True, actor=actor, at=now).id
        draft = games.add_game(GameFacts("Чернетка"), [EditionFactsFactory()], actor=actor, at=now)
    assert _state(made) is GameState.ON_SALE
    version = db.session.get_one(Game, draft.id).version
    with transaction():
        facts = GameFactsFactory(title="Готова")
        games.change_game(draft.id, facts, version=version, publish=True, actor=actor, at=now)
    assert _state(draft.id) is GameState.ON_SALE
    assert db.session.get_one(Game, draft.id).title == "Готова"


def test_what_is_missing_is_told_and_nothing_is_saved(actor: Actor, now: datetime) -> None:
    with refused("game_incomplete") as refusal, transaction():
        games.add_game(GameFacts("Каркасон"), publish=True, actor=actor, at=now)
    assert refusal.value.values == {"title": "Каркасон", "missing": list(Missing)}
    assert db.session.scalar(db.select(db.func.count()).select_from(Game)) == 0
    game = make_game(state=GameState.DRAFT)
    with transaction():
        editions.archive_edition(editions_of(game)[0].id, actor=actor, at=now)
    with refused("game_incomplete") as refusal, transaction():
        publishing.publish_games([game.id], actor=actor, at=now)
    assert refusal.value.values["missing"] == [Missing.EDITIONS]
    assert _state(game.id) is GameState.DRAFT


def test_what_somebody_changed_meanwhile_is_neither_published_nor_hidden(actor: Actor, now: datetime) -> None:
    game = make_game(state=GameState.DRAFT)
    for deed in (publishing.publish_game, publishing.hide_game):
        with refused("changed_meanwhile"), transaction():
            deed(game.id, version=game.version + 1, actor=actor, at=now)
    assert _state(game.id) is GameState.DRAFT


def test_many_games_change_their_state_in_as_many_statements_as_one(actor: Actor, now: datetime) -> None:
    ids = [make_game(title=f"Гра {number}").id for number in range(9)]
    for deed in (publishing.hide_games, publishing.publish_games):
        with counted() as one, transaction():
            assert deed(ids[:1], actor=actor, at=now) == ids[:1]
        with counted() as many, transaction():
            assert deed(ids, actor=actor, at=now) == ids[1:]
        assert len(one) == len(many)
    assert _codes(ids[0]) == [AuditCode.GAME_ADDED, AuditCode.GAME_ARCHIVED, AuditCode.GAME_RESTORED]
    with refused("game_not_found"), transaction():
        publishing.hide_games([ids[0], 777], actor=actor, at=now)
    assert _state(ids[0]) is GameState.ON_SALE


def test_what_the_storefront_shows_is_told_to_have_changed(actor: Actor, now: datetime) -> None:
    game = make_game()
    before = numbers()[Published.CATALOGUE]
    with transaction():
        publishing.hide_game(game.id, actor=actor, at=now)
    assert numbers()[Published.CATALOGUE] == before + 1
