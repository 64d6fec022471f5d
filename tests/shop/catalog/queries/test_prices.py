"""What a batch of prices would change, what it changed, and the history."""

from datetime import datetime
from decimal import Decimal

import pytest

from shop.audit.rules import Actor
from shop.catalog.operations.editions import archive_edition
from shop.catalog.queries.prices import batch_page, latest_batches, previewed_prices, price_history, prices_in
from shop.catalog.rules.prices import Rounding
from shop.catalog.rules.wishes import Wish
from shop.db import transaction
from tests.factories import EditionFactsFactory, editions_of, make_game, refused

pytestmark = pytest.mark.usefixtures("app")


def test_the_first_price_begins_the_history_and_the_newest_change_is_first(actor: Actor) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(900)), EditionFactsFactory(price=Decimal(700)))
    ids = [each.id for each in editions_of(game)]
    assert [each.new_price for each in price_history(ids, limit=5)] == [700, 900]
    assert [each.new_price for each in price_history(ids, limit=1)] == [700]
    assert price_history(ids[:1], limit=5)[0].old_price is None


def test_a_preview_leaves_out_what_is_off_sale_and_what_would_stay(actor: Actor, now: datetime) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(100)), EditionFactsFactory(price=Decimal(200)), title="Азул")
    with transaction():
        archive_edition(editions_of(game)[1].id, actor=actor, at=now)
    rounding = next(iter(Rounding))
    previewed = previewed_prices(Wish(q="азул"), percent=Decimal(50), rounding=rounding)
    assert [edition.price for edition, _ in previewed] == [100]
    assert all(price > 100 for _, price in previewed)
    assert previewed_prices(Wish(q="бенг"), percent=Decimal(50), rounding=rounding) == []


def test_a_batch_that_is_not_there_is_refused() -> None:
    assert (prices_in(1), latest_batches(limit=5)) == (0, [])
    with refused("batch_not_found"):
        batch_page(1)
