"""Two people at one thing of the catalogue at the same moment: one is refused in words, nobody sees a failure."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from flask import Flask

from shop.audit.rules import Actor
from shop.catalog.models import Category, Game, Publisher
from shop.catalog.operations.games import add_game, change_game
from shop.catalog.operations.publishers import add_publisher, remove_publisher
from shop.catalog.operations.words import CATEGORIES, add_word, remove_word
from shop.db import db, in_transaction, transaction
from shop.errors import ShopError
from tests.factories import GameFactsFactory, make_game


def _at_once(app: Flask, *deeds: Callable[[], object]) -> list[str]:
    """The codes of the refusals, empty for what went through."""
    barrier = Barrier(len(deeds))

    def attempt(deed: Callable[[], object]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                in_transaction(deed)
            except ShopError as refusal:
                return refusal.code
            finally:
                db.session.remove()
            return ""

    with ThreadPoolExecutor(len(deeds)) as threads:
        outcomes = list(threads.map(attempt, deeds))
    db.session.rollback()
    return outcomes


@pytest.mark.parametrize("round_", range(5))
def test_a_publisher_is_deleted_while_a_game_takes_it(app: Flask, actor: Actor, now: datetime, round_: int) -> None:
    with transaction():
        publisher_id = add_publisher("Geekach", actor=actor, at=now).id
    facts = GameFactsFactory(publisher_id=publisher_id)
    saved, removed = _at_once(
        app,
        lambda: add_game(facts, actor=actor, at=now),
        lambda: remove_publisher(publisher_id, actor=actor, at=now),
    )
    assert (saved, removed) in (("", "in_use"), ("publisher_unknown", ""), ("publisher_id_taken", ""))
    assert (db.session.get(Publisher, publisher_id) is None) is (removed == "")


@pytest.mark.parametrize("round_", range(5))
def test_a_category_is_deleted_while_a_game_takes_it(app: Flask, actor: Actor, now: datetime, round_: int) -> None:
    with transaction():
        category_id = add_word(CATEGORIES, "Фентезі", name_en="", actor=actor, at=now).id
    game = make_game()
    game_id, version = game.id, game.version
    facts = GameFactsFactory(category_ids=frozenset({category_id}))
    saved, removed = _at_once(
        app,
        lambda: change_game(game_id, facts, version=version, actor=actor, at=now),
        lambda: remove_word(CATEGORIES, category_id, actor=actor, at=now),
    )
    assert (saved, removed) in (("", "in_use"), ("category_ids_gone", ""), ("category_ids_taken", ""))
    assert (db.session.get(Category, category_id) is None) is (removed == "")


def test_of_six_who_save_one_game_at_once_one_saves_and_the_others_hear_who_did(
    app: Flask, actor: Actor, now: datetime
) -> None:
    game = make_game()
    game_id, version = game.id, game.version

    def saving(number: int) -> Callable[[], object]:
        facts = GameFactsFactory(title=f"Назва {number}")
        return lambda: change_game(game_id, facts, version=version, actor=actor, at=now)

    outcomes = _at_once(app, *(saving(number) for number in range(6)))
    assert sorted(outcomes) == ["", *["changed_meanwhile"] * 5]
    assert db.session.get_one(Game, game_id).title.startswith("Назва")
