"""Levels held for a booking."""

import pytest

from shop.db import db, transaction
from shop.stock.models import StockLevel
from shop.stock.operations.levels import held_levels, held_spots, usable_location
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def test_missing_levels_are_made_empty_and_know_what_is_low() -> None:
    edition, place, other = editions_of(make_game(EditionFactsFactory(low_stock_at=5)))[0], make_location(), "Зала"
    make_stock(edition, place, 3)
    second = make_location(other)
    with transaction():
        held = held_spots([edition.id], [place.id, second.id])
        was, made = held[edition.id, place.id], held[edition.id, second.id]
        assert (was.on_hand, was.fresh, was.is_low) == (3, False, True)
        assert (made.on_hand, made.low_at, made.fresh, made.is_low) == (0, 5, True, False)
        assert [level.id for level in held_levels([made.id, was.id])] == sorted([made.id, was.id])
    assert len(db.session.scalars(db.select(StockLevel.id)).all()) == 2


def test_no_level_is_made_for_an_edition_that_is_not_there() -> None:
    place = make_location()
    with refused("edition_not_found"), transaction():
        held_spots([999], [place.id])
    with refused("location_not_found"), transaction():
        usable_location(999)
