"""Prices: their history, what a batch would change and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, func, select
from sqlalchemy.orm import joinedload, raiseload

from shop.catalog.models import Edition, Game, PriceBatch, PriceChange
from shop.catalog.queries.wishes import conditions
from shop.catalog.rules.prices import MOST, Rounding, repriced
from shop.catalog.rules.wishes import Wish
from shop.db import db
from shop.errors import N_, NotFound

_HISTORY = (
    select(
        PriceChange.changed_at,
        Edition.sku,
        PriceChange.actor_name,
        PriceChange.batch_id,
        PriceChange.reason,
        PriceChange.old_price,
        PriceChange.new_price,
    )
    .join(Edition, Edition.id == PriceChange.edition_id)
    .where(PriceChange.edition_id.in_(bindparam("edition_ids", expanding=True)))
    .order_by(PriceChange.id.desc())
    .limit(bindparam("most", type_=Integer))
)


def price_history(edition_ids: Sequence[int], *, limit: int, connection: Connection | None = None) -> Sequence[Any]:
    """The last changes of the prices of some editions, the newest first.

    Rows have changed_at, sku, actor_name, batch_id, reason, old_price, new_price.
    """
    return (connection or db.session).execute(_HISTORY, {"edition_ids": edition_ids, "most": limit}).all()


def previewed_prices(
    wish: Wish, *, percent: Decimal, rounding: Rounding, only: Sequence[int] | None = None
) -> list[tuple[Edition, Decimal]]:
    """The editions on sale of the wanted games whose price would change, with the new one, by title; at most `MOST`.

    `only`: of these editions, whatever is wished.
    """
    wanted = conditions(wish) if only is None else [Edition.id.in_(only)]
    rows = (
        select(Edition)
        .join(Edition.game)
        .where(Edition.archived_at.is_(None), *wanted)
        .options(joinedload(Edition.game), raiseload("*"))
        .order_by(Game.sort_key, Game.id, Edition.id)
        .limit(MOST)
    )
    new = [(each, repriced(each.price, percent=percent, rounding=rounding)) for each in db.session.scalars(rows)]
    return [(edition, price) for edition, price in new if price != edition.price]


def prices_in(batch_id: int) -> int:
    """How many prices a batch changed."""
    return db.session.scalar(select(func.count()).where(PriceChange.batch_id == batch_id)) or 0


@dataclass(frozen=True)
class BatchPage:
    """A batch of prices with its rows, the batch that undid it and the one that it undoes."""

    batch: PriceBatch
    changes: Sequence[PriceChange]
    undone_by: PriceBatch | None


def batch_page(batch_id: int) -> BatchPage:
    """A batch with what its page shows. Raises NotFound."""
    batch = db.session.get(PriceBatch, batch_id)
    if batch is None:
        raise NotFound("batch_not_found", N_("There is no such change of prices."))
    rows = select(PriceChange).join(PriceChange.edition).join(Edition.game).where(PriceChange.batch_id == batch_id)
    rows = rows.order_by(Game.sort_key, PriceChange.id)
    editions = joinedload(PriceChange.edition).joinedload(Edition.game)
    undone_by = db.session.scalar(select(PriceBatch).where(PriceBatch.undoes_id == batch_id))
    return BatchPage(batch, db.session.scalars(rows.options(editions, raiseload("*"))).all(), undone_by)


def latest_batches(*, limit: int) -> Sequence[PriceBatch]:
    """The last changes of many prices."""
    return db.session.scalars(select(PriceBatch).order_by(PriceBatch.id.desc()).limit(limit)).all()
