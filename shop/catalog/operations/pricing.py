"""Changing many prices in one deed, and taking the whole deed back.

The history of the prices is written first; all else is read out of it inside the database, so that a deed of thousands
of prices takes a few statements and holds other writers up for a moment only.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Select, Text, cast, column, func, insert, literal, select, update

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject
from shop.catalog.models import Edition, Game, PriceBatch, PriceChange
from shop.catalog.rules.prices import HIGHEST, MOST, PERCENT_WRONG, Rounding, batch_title, can_change_by, repriced
from shop.columns import money_text
from shop.db import Base, db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.once import answered
from shop.rows import flush_or_conflict, held, row
from shop.versions import Published, raised

ALREADY_UNDONE = N_("These prices have been restored already.")


def reprice(
    seen: Mapping[int, Decimal],
    *,
    percent: Decimal,
    rounding: Rounding,
    reason: str,
    key: str,
    actor: Actor,
    at: datetime,
) -> PriceBatch:
    """Raise the prices of editions by some per cent, or lower them when negative. `seen` is {edition id: its price}.

    The new prices are computed here, from what was seen in hryvnias. The same key with the same content gives the same
    batch. Raises Invalid when nothing would change or it can't be right, Conflict when a price is not the one that was
    seen or the key was used for something else, NotFound.
    """
    asked = {"seen": seen, "percent": percent, "rounding": rounding, "reason": reason}

    def deed() -> int:
        prices = _new_prices(seen, percent=percent, rounding=rounding)
        batch = PriceBatch(title=batch_title(percent), percent=percent, rounding=rounding, reason=reason[:500])
        _add(batch, actor=actor, at=at)
        if _write(batch, _asked(prices, seen), actor=actor, at=at) < len(prices):
            raise NotFound("edition_not_found", N_("There is no such edition."))
        games = _hold(batch.id)
        _refuse_changed(batch.id)
        _carry_out(batch, len(prices), games, AuditCode.PRICES_CHANGED, actor=actor, at=at)
        return batch.id

    return row(PriceBatch, answered(key, deed, kind="prices.change", asked=asked, actor=actor, at=at))


def undo_batch(batch_id: int, *, reason: str, key: str, actor: Actor, at: datetime) -> PriceBatch:
    """Put back the prices of a batch; those that were changed again since stay as they are.

    Raises NotFound, Conflict when it was undone, every price has changed since or the key was used otherwise.
    """

    def deed() -> int:
        batch = held(PriceBatch, batch_id, fully=True)
        if db.session.scalar(select(PriceBatch.id).where(PriceBatch.undoes_id == batch_id)) is not None:
            raise Conflict("already_undone", ALREADY_UNDONE)
        undoing = PriceBatch(title=batch.title, undoes_id=batch_id, reason=reason[:500])
        _add(undoing, actor=actor, at=at)
        games = _hold(batch_id)
        back = _write(undoing, _standing(batch_id), actor=actor, at=at)
        if not back:
            raise Conflict("prices_changed", N_("All these prices were changed again since, and stay as they are."))
        _carry_out(undoing, back, games, AuditCode.PRICES_UNDONE, actor=actor, at=at)
        return undoing.id

    asked = {"batch": batch_id, "reason": reason}
    return row(PriceBatch, answered(key, deed, kind="prices.undo", asked=asked, actor=actor, at=at))


def _new_prices(seen: Mapping[int, Decimal], *, percent: Decimal, rounding: Rounding) -> dict[int, Decimal]:
    """The prices that differ from those that were seen, in ascending id. Raises Invalid."""
    if not can_change_by(percent):
        raise Invalid("percent_wrong", PERCENT_WRONG, field="percent")
    if len(seen) > MOST:
        raise Invalid("too_many_prices", N_("More than %(most)s prices can’t change at once."), most=MOST)
    prices = {each: repriced(seen[each], percent=percent, rounding=rounding) for each in sorted(seen)}
    prices = {each: new for each, new in prices.items() if new != seen[each]}
    if not prices:
        raise Invalid("nothing_to_reprice", N_("No price would change."))
    if any(new > HIGHEST for new in prices.values()):
        raise Invalid("price_wrong", N_("A price would be too high."), field="percent")
    return prices


def _add(batch: PriceBatch, *, actor: Actor, at: datetime) -> None:
    batch.actor, batch.changed_at = actor, at
    db.session.add(batch)
    flush_or_conflict({"undoes_id": ALREADY_UNDONE})


def _of_batch(batch_id: int) -> Select[*tuple[Any, ...]]:
    return select(PriceChange.edition_id).where(PriceChange.batch_id == batch_id)


def _hold(batch_id: int) -> Collection[int]:
    """Lock the games of a batch, then its editions, both in ascending id; the ids of the games.

    Their ids are named: of rows that were written a moment ago PostgreSQL has no statistics, and it would compare
    every game with every row of the batch.
    """
    edition_ids = db.session.scalars(_of_batch(batch_id)).all()
    of_editions = select(Edition.game_id).where(Edition.id.in_(edition_ids)).distinct()
    game_ids = db.session.scalars(of_editions).all()
    for table, ids in ((Game, game_ids), (Edition, edition_ids)):
        rows = select(table.id).where(table.id.in_(ids)).order_by(table.id).with_for_update(key_share=True)
        db.session.scalar(select(func.count()).select_from(rows.subquery()))
    return game_ids


def _refuse_changed(batch_id: int) -> None:
    """Raises Conflict naming the first edition whose price is not the one that was seen."""
    changed = select(Edition.sku, Edition.price, PriceChange.old_price).join(PriceChange.edition)
    changed = changed.where(PriceChange.batch_id == batch_id, Edition.price != PriceChange.old_price)
    first = db.session.execute(changed.order_by(Edition.id).limit(1)).one_or_none()
    if first is not None:
        text = N_("The price of %(sku)s is %(price)s now, not %(seen)s. Look at the preview again.")
        raise Conflict("price_changed", text, sku=first.sku, price=first.price, seen=first.old_price)


def _asked(prices: Mapping[int, Decimal], seen: Mapping[int, Decimal]) -> Select[*tuple[Any, ...]]:
    """The editions that are there of those asked for, with the price that was seen and the new one.

    They go to the database as one JSON text of [id, kopiykas, kopiykas]: thousands of parameters cost ten times that.
    """
    rows = json.dumps([[each, int(seen[each] * 100), int(new * 100)] for each, new in prices.items()])
    on_postgresql = db.engine.dialect.name == "postgresql"
    listed = func.json_array_elements(cast(literal(rows, Text), JSON)) if on_postgresql else func.json_each(rows)
    asked = listed.table_valued(column("value", JSON), name="asked").c.value
    edition_id, old, new = (asked[place].as_integer() for place in range(3))
    return select(edition_id, old, new).join_from(Edition, asked.table, Edition.id == edition_id).order_by(Edition.id)


def _standing(batch_id: int) -> Select[*tuple[Any, ...]]:
    """The editions whose price is as a batch left it, with that price and the one before."""
    standing = select(PriceChange.edition_id, PriceChange.new_price, PriceChange.old_price).join(PriceChange.edition)
    standing = standing.where(PriceChange.batch_id == batch_id, PriceChange.old_price.is_not(None))
    return standing.where(Edition.price == PriceChange.new_price).order_by(PriceChange.id)


def _write(batch: PriceBatch, priced: Select[*tuple[Any, ...]], *, actor: Actor, at: datetime) -> int:
    """Write the history of the prices of a batch; how many they are. `priced` selects edition, old and new price."""
    table = Base.metadata.tables["price_change"]
    same = {"batch_id": batch.id, "changed_at": at, "reason": batch.reason} | actor.columns
    fixed = [literal(value, table.c[name].type) for name, value in same.items()]
    history = insert(table).from_select(["edition_id", "old_price", "new_price", *same], priced.add_columns(*fixed))
    db.session.execute(history)
    return db.session.scalar(select(func.count()).where(PriceChange.batch_id == batch.id)) or 0


def _carry_out(
    batch: PriceBatch, number: int, game_ids: Collection[int], code: AuditCode, *, actor: Actor, at: datetime
) -> None:
    """Set the prices that the history of a batch says, and write an audit entry for each and one for the whole."""
    edition, change = Base.metadata.tables["edition"], Base.metadata.tables["price_change"]
    priced = edition.update().where(edition.c.id == change.c.edition_id, change.c.batch_id == batch.id)
    db.session.execute(priced.values(price=change.c.new_price, version=edition.c.version + 1))
    _refresh_games(game_ids, at=at)
    audit.record_selected(
        AuditCode.EDITION_REPRICED, "edition", _told(batch.id), actor=actor, at=at, reason=batch.reason
    )
    counted = {"editions": [None, number] if batch.undoes_id is None else [number, None]}
    whole = Subject("price_batch", batch.undoes_id or batch.id, batch.title)
    audit.record(code, whole, actor=actor, at=at, changes=counted, reason=batch.reason)
    raised(Published.CATALOGUE)


def _told(batch_id: int) -> Select[*tuple[Any, ...]]:
    """What the audit says of each edition of a batch: its id, its label and the change of its price."""
    old, new = money_text(PriceChange.old_price), money_text(PriceChange.new_price)
    changes = literal('{"price": ["') + old + '", "' + new + '"]}'
    told = select(Edition.id, Game.title + " · " + Edition.sku, changes).select_from(PriceChange)
    of_batch = PriceChange.batch_id == batch_id
    return told.join(PriceChange.edition).join(Edition.game).where(of_batch).order_by(PriceChange.id)


def _refresh_games(game_ids: Collection[int], *, at: datetime) -> None:
    """Set the lowest price of the games that were touched, in one statement."""
    on_sale = (Edition.game_id == Game.id) & Edition.archived_at.is_(None)
    lowest = select(func.min(Edition.price)).where(on_sale).correlate(Game).scalar_subquery()
    changed = update(Game).where(Game.id.in_(game_ids))
    changed = changed.values(price_from=lowest, updated_at=at, version=Game.version + 1)
    db.session.execute(changed.execution_options(synchronize_session=False))
    db.session.expire_all()
