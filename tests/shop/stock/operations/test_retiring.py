"""Taking an edition off sale."""

from datetime import datetime

import pytest

from shop.audit.rules import Actor
from shop.db import transaction
from shop.stock import operations as stock
from tests.factories import editions_of, make_game, make_location, make_stock, refused

pytestmark = pytest.mark.usefixtures("app")


def test_an_edition_with_copies_is_not_taken_off_sale(actor: Actor, now: datetime) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    make_stock(edition, place, 1)
    with refused("edition_not_empty"), transaction():
        stock.retire_edition(edition.id, actor=actor, at=now)
