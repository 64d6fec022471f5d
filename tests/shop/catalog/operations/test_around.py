"""What is looked up around a game before it is saved."""

import pytest

from shop.catalog.operations.around import look_around, made_up
from shop.catalog.rules.facts import GameFacts
from tests.factories import EditionFactsFactory, editions_of, make_game
from tests.statements import counted


def test_made_up_skus_begin_with_the_plain_one_and_are_numbered_from_two() -> None:
    tried = list(made_up("GK-00001-UK"))
    assert tried[:3] == ["GK-00001-UK", "GK-00001-UK-2", "GK-00001-UK-3"]
    assert len(tried) == 20


@pytest.mark.usefixtures("app")
def test_a_code_that_is_taken_is_named_with_the_title_that_has_it() -> None:
    game = make_game(EditionFactsFactory(sku="KARK-1", ean13="4006381333931"), title="Каркасон")
    edition_id = editions_of(game)[0].id
    asked = [EditionFactsFactory(sku="KARK-1", ean13="4006381333931"), EditionFactsFactory(sku="FREE-1")]
    with counted() as statements:
        around = look_around(None, GameFacts("Нова"), asked)
    assert around.taken == {
        ("sku", "KARK-1"): (edition_id, "Каркасон"),
        ("ean13", "4006381333931"): (edition_id, "Каркасон"),
    }
    assert len(statements) == 1


@pytest.mark.usefixtures("app")
def test_a_base_game_is_told_from_an_expansion_and_named() -> None:
    base = make_game(title="База")
    addition = make_game(title="Доповнення", is_expansion=True, base_game_id=base.id)
    around = look_around(addition, GameFacts("Доповнення", base_game_id=base.id), [])
    assert around.bases == {base.id}
    assert around.name_of("base_game", base.id) == "База"
    assert look_around(None, GameFacts("Гра", base_game_id=addition.id), []).bases == set()


@pytest.mark.usefixtures("app")
def test_people_are_linked_to_their_game_only() -> None:
    game = make_game(title="Каркасон", designers=("Вреде", "Нова"))
    around = look_around(game, GameFacts("Каркасон"), [])
    assert around.names_of("designers", around.linked["designers"]) == ["Вреде", "Нова"]
    assert look_around(None, GameFacts("Інша", designers=("Вреде",)), []).linked["designers"] == set()
