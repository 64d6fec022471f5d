"""The words by which games are found follow what they are called."""

import pytest

from shop.catalog.models import Game, GameTerm
from shop.catalog.operations.finding import change_terms, refresh_terms
from shop.db import db, transaction
from tests.factories import EditionFactsFactory, make_game
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")


def _terms(game_id: int) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(db.select(GameTerm.term).where(GameTerm.game_id == game_id)))


def test_the_words_are_rewritten_after_the_title_and_the_codes() -> None:
    game_id = make_game(EditionFactsFactory(sku="AZUL-1"), title="Азул").id
    with transaction():
        db.session.execute(db.update(Game).where(Game.id == game_id).values(title="Дикий ліс"))
        refresh_terms([game_id])
    assert _terms(game_id) == {"дикий", "ліс", "azul", "1"}


def test_many_games_take_as_many_statements_as_one() -> None:
    ids = [make_game().id for _ in range(4)]
    with counted() as one, transaction():
        refresh_terms(ids[:1])
    with counted() as many, transaction():
        refresh_terms(ids)
    assert len(one) == len(many)


def test_a_word_that_somebody_added_meanwhile_is_no_mistake() -> None:
    game_id = make_game(title="Азул").id
    with transaction():
        change_terms([(game_id, "азул")], [(game_id, "нове")])
        change_terms([], [(game_id, "нове")])
    assert "нове" in _terms(game_id)
    assert "азул" not in _terms(game_id)
