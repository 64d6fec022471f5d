"""Names are tidy and free, and addresses are made of them."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.catalog.models import Category, Publisher
from shop.catalog.operations.names import checked_name, free_slug
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.operations.words import CATEGORIES, add_word
from shop.db import transaction
from tests.factories import refused

pytestmark = pytest.mark.usefixtures("app")


def test_a_name_has_single_spaces_and_is_neither_empty_nor_endless() -> None:
    assert checked_name("  Ігромаг   Плюс ", Publisher) == "Ігромаг Плюс"
    with refused("name_missing"):
        checked_name("   ", Publisher)
    with refused("name_too_long"):
        checked_name("x" * 1000, Publisher)


def test_a_name_that_another_row_has_is_refused_but_its_own_is_not(actor: Actor, now: datetime) -> None:
    with transaction():
        own = add_publisher("Ігромаг", actor=actor, at=now).id
    with refused("name_taken"):
        checked_name("Ігромаг", Publisher)
    assert checked_name("Ігромаг", Publisher, besides=own) == "Ігромаг"


def test_an_address_that_is_taken_gets_a_number(actor: Actor, now: datetime) -> None:
    assert free_slug(Category, "Родинні") == "rodynni"
    with transaction():
        add_word(CATEGORIES, "Родинні", name_en="", actor=actor, at=now)
    assert free_slug(Category, "Родинні") == "rodynni-2"
