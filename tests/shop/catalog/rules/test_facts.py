"""The facts of editions as they are stored, and the SKUs that say what they are."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.facts import EditionFacts, as_stored, sku_stem, stored_facts


@pytest.mark.parametrize(
    ("language", "condition", "sku"),
    [
        (Language.UKRAINIAN, Condition.NEW, "GK-00042-UK"),
        (Language.UKRAINIAN, Condition.OPEN_BOX, "GK-00042-UK-OB"),
        (Language.INDEPENDENT, Condition.NEW, "GK-00042-XX"),
        (Language.OTHER, Condition.NEW, "GK-00042-ZZ"),
    ],
)
def test_a_made_up_sku_says_the_game_the_language_and_an_open_box(
    language: Language, condition: Condition, sku: str
) -> None:
    assert sku_stem(42, language, condition) == sku


def test_no_barcode_is_stored_as_nothing_and_read_as_an_empty_text() -> None:
    facts = EditionFacts(Decimal(890), sku="A-1", id=7)
    stored = as_stored(facts)
    assert stored["ean13"] is None
    assert "id" not in stored
    assert stored_facts(SimpleNamespace(id=7, **stored)) == facts
