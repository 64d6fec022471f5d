"""Games are found by the beginnings of their words."""

import pytest

from shop.catalog.models import Game
from shop.catalog.queries.finding import found_by
from shop.db import db
from tests.factories import make_game

pytestmark = pytest.mark.usefixtures("app")


def _found(text: str) -> list[str]:
    return list(db.session.scalars(db.select(Game.title).where(*found_by(text)).order_by(Game.title)))


def test_every_word_asked_for_must_begin_a_word_of_the_game() -> None:
    make_game(title="Дикий ліс")
    make_game(title="Дикий захід")
    assert _found("дик") == ["Дикий захід", "Дикий ліс"]
    assert _found("ліс ДИК") == ["Дикий ліс"]
    assert _found("дик азул") == []
    assert _found("икий") == []


def test_any_apostrophe_finds_the_same() -> None:
    make_game(title="Пам’ять")
    for asked in ("памʼять", "пам'ять", "память"):
        assert _found(asked) == ["Пам’ять"], asked


def test_no_text_asks_for_nothing() -> None:
    assert found_by("  ") == []
