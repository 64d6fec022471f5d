"""Editions as a line of a form needs them: in a few words, with how many copies there are; one statement each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from shop.catalog.models import Edition, Game
from shop.catalog.queries.editions import of_codes, spellings
from shop.catalog.queries.finding import found_by
from shop.catalog.queries.states import not_hidden
from shop.db import reading
from shop.stock.models import StockLevel

_ON_HAND = (
    select(func.coalesce(func.sum(StockLevel.on_hand), 0)).where(StockLevel.edition_id == Edition.id).correlate(Edition)
).scalar_subquery()


def line_with_code(code: str) -> Any | None:
    """The edition that a scanned code or a typed SKU names, if there is one; the row is that of `lines_found`."""
    with reading() as connection:
        return connection.execute(_WITH_CODE, {"codes": spellings([code])}).first()


def line_of(edition_id: int) -> Any | None:
    """An edition by its id; the row is that of `lines_found`."""
    with reading() as connection:
        return connection.execute(_lines().where(Edition.id == edition_id)).first()


def lines_found(text: str, *, limit: int) -> Sequence[Any]:
    """Editions on sale of the games that a text finds, by title.

    Rows have id, sku, language, condition, price, cost, title, on_hand.
    """
    wanted = Edition.archived_at.is_(None), not_hidden(), *found_by(text)
    rows = _lines().where(*wanted).order_by(Game.sort_key, Game.id, Edition.id).limit(limit)
    with reading() as connection:
        return connection.execute(rows).all()


def _lines() -> Select[Any]:
    told = Edition.id, Edition.sku, Edition.language, Edition.condition, Edition.price, Edition.cost
    return select(*told, Game.title, _ON_HAND.label("on_hand")).join(Game, Game.id == Edition.game_id)


_WITH_CODE = _lines().where(of_codes(bindparam("codes", expanding=True)))
