"""Adding, renaming and removing categories and mechanics."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Category, Mechanic
from shop.catalog.operations.words import CATEGORIES, MECHANICS, add_word, remove_word, rename_word
from shop.db import db, transaction
from tests.factories import make_game, refused

pytestmark = pytest.mark.usefixtures("app")


def test_a_word_without_an_english_name_has_its_own_in_both(actor: Actor, now: datetime) -> None:
    with transaction():
        word = add_word(MECHANICS, "Драфт", name_en=" ", actor=actor, at=now)
        assert (word.name, word.name_en, word.slug) == ("Драфт", "Драфт", "draft")
    with refused("name_too_long") as refusal, transaction():
        add_word(MECHANICS, "Інша", name_en="x" * 81, actor=actor, at=now)
    assert refusal.value.field == "name_en"
    assert db.session.scalars(db.select(Mechanic.name)).all() == ["Драфт"]


def test_a_renamed_word_keeps_its_address(actor: Actor, now: datetime) -> None:
    with transaction():
        word = add_word(CATEGORIES, "Пригоди", name_en="Adventure", actor=actor, at=now)
        word_id, version = word.id, word.version
    with transaction():
        rename_word(CATEGORIES, word_id, "Мандри", name_en="Travel", version=version, actor=actor, at=now)
    word = db.session.get_one(Category, word_id)
    assert (word.name, word.name_en, word.slug) == ("Мандри", "Travel", "pryhody")


def test_a_word_that_a_game_has_cannot_be_removed(actor: Actor, now: datetime) -> None:
    with transaction():
        used = add_word(CATEGORIES, "Пригоди", name_en="", actor=actor, at=now).id
        unused = add_word(CATEGORIES, "Карткові", name_en="", actor=actor, at=now).id
    make_game(category_ids=frozenset({used}))
    with refused("in_use"), transaction():
        remove_word(CATEGORIES, used, actor=actor, at=now)
    with transaction():
        remove_word(CATEGORIES, unused, actor=actor, at=now)
    assert db.session.scalars(db.select(Category.id)).all() == [used]
