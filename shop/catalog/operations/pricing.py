"""Changing many prices in one deed, and taking the whole deed back; statements don't grow with the prices."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Edition, Game, PriceBatch, PriceChange
from shop.catalog.operations.editions import subject
from shop.catalog.rules.prices import HIGHEST, MOST, PERCENT_WRONG, Rounding, batch_title, can_change_by, repriced
from shop.db import Base, db
from shop.errors import N_, Conflict, Invalid, NotFound
from shop.once import answered
from shop.rows import flush_or_conflict, held, row
from shop.versions import Published, raised

ALREADY_UNDONE = N_("This has been undone already.")
NamedPrice = tuple[str, str, Decimal]
"""The title of the game, the SKU and the price of an edition."""


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
        if not can_change_by(percent):
            raise Invalid("percent_wrong", PERCENT_WRONG, field="percent")
        if len(seen) > MOST:
            raise Invalid("too_many_prices", N_("More than %(most)d prices can't change at once."), most=MOST)
        prices = {each: repriced(price, percent=percent, rounding=rounding) for each, price in seen.items()}
        prices = {each: new for each, new in prices.items() if new != seen[each]}
        if not prices:
            raise Invalid("nothing_to_reprice", N_("No price would change."))
        if any(new > HIGHEST for new in prices.values()):
            raise Invalid("price_wrong", N_("A price would be too high."), field="percent")
        editions = _held_editions(prices)
        _refuse_changed(editions, seen)
        batch = PriceBatch(title=batch_title(percent), percent=percent, rounding=rounding, reason=reason[:500])
        _write(batch, editions, prices, AuditCode.PRICES_CHANGED, actor=actor, at=at)
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
        changed = {each.edition_id: each for each in _changes_of(batch_id)}
        editions = _held_editions(changed)
        back = {
            edition_id: changed[edition_id].old_price
            for edition_id, (_, _, price) in editions.items()
            if changed[edition_id].old_price is not None and changed[edition_id].new_price == price
        }
        if not back:
            raise Conflict("prices_changed", N_("All these prices were changed again since, and stay as they are."))
        undoing = PriceBatch(title=batch.title, undoes_id=batch_id, reason=reason[:500])
        _write(undoing, editions, back, AuditCode.PRICES_UNDONE, actor=actor, at=at)
        return undoing.id

    asked = {"batch": batch_id, "reason": reason}
    return row(PriceBatch, answered(key, deed, kind="prices.undo", asked=asked, actor=actor, at=at))


def _changes_of(batch_id: int) -> Any:
    columns = (PriceChange.edition_id, PriceChange.old_price, PriceChange.new_price)
    return db.session.execute(select(*columns).where(PriceChange.batch_id == batch_id))


def _held_editions(edition_ids: Mapping[int, object]) -> dict[int, NamedPrice]:
    """The editions with their prices as they are now, held after their games, both in ascending id."""
    games = select(Game.id, Game.title).where(Game.id.in_(_games_of(edition_ids))).order_by(Game.id)
    titles = {each.id: each.title for each in db.session.execute(games.with_for_update(key_share=True))}
    columns = select(Edition.id, Edition.game_id, Edition.sku, Edition.price)
    editions = columns.where(Edition.id.in_(edition_ids)).order_by(Edition.id).with_for_update(key_share=True)
    found = {each.id: (titles[each.game_id], each.sku, each.price) for each in db.session.execute(editions)}
    if len(found) < len(edition_ids):
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return found


def _games_of(edition_ids: Mapping[int, object]) -> Any:
    return select(Edition.game_id).where(Edition.id.in_(edition_ids))


def _refuse_changed(editions: Mapping[int, NamedPrice], seen: Mapping[int, Decimal]) -> None:
    """Raises Conflict naming the first edition whose price is not the one that was seen."""
    for edition_id, (_, sku, price) in editions.items():
        if price != seen[edition_id]:
            text = N_("The price of %(sku)s is %(price)s now, not %(seen)s. Look at the preview again.")
            raise Conflict("price_changed", text, sku=sku, price=price, seen=seen[edition_id])


def _write(
    batch: PriceBatch,
    editions: Mapping[int, NamedPrice],
    prices: Mapping[int, Decimal],
    code: AuditCode,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Write a batch, its prices with their history, an audit entry for each edition and one for the whole."""
    batch.actor, batch.changed_at = actor, at
    db.session.add(batch)
    flush_or_conflict({"undoes_id": ALREADY_UNDONE})
    _set_prices(prices)
    by = actor.columns | {"reason": batch.reason}
    was = {each: editions[each][2] for each in prices}
    history = [{"edition_id": each, "old_price": was[each], "new_price": new} for each, new in prices.items()]
    db.session.execute(insert(PriceChange), [each | by | {"batch_id": batch.id, "changed_at": at} for each in history])
    _refresh_games(prices, at=at)
    counted = {"editions": [None, len(prices)] if batch.undoes_id is None else [len(prices), None]}
    told = []
    for each, new in prices.items():
        title, sku, old = editions[each]
        told.append((subject(title, each, sku), changes({"price": old}, {"price": new})))
    audit.record_all(AuditCode.EDITION_REPRICED, told, actor=actor, at=at, reason=batch.reason)
    whole = Subject("price_batch", batch.undoes_id or batch.id, batch.title)
    audit.record_all(code, [(whole, counted)], actor=actor, at=at, reason=batch.reason)
    raised(Published.CATALOGUE)


def _set_prices(prices: Mapping[int, Decimal]) -> None:
    table = Base.metadata.tables["edition"]
    changed = table.update().where(table.c.id == bindparam("edition")).values(price=bindparam("new"))
    rows = [{"edition": each, "new": prices[each]} for each in sorted(prices)]
    db.session.connection().execute(changed.values(version=table.c.version + 1), rows)


def _refresh_games(prices: Mapping[int, Decimal], *, at: datetime) -> None:
    """Set the lowest price of the games that were touched, in one statement."""
    on_sale = (Edition.game_id == Game.id) & Edition.archived_at.is_(None)
    lowest = select(func.min(Edition.price)).where(on_sale).correlate(Game).scalar_subquery()
    changed = update(Game).where(Game.id.in_(_games_of(prices)))
    changed = changed.values(price_from=lowest, updated_at=at, version=Game.version + 1)
    db.session.execute(changed.execution_options(synchronize_session=False))
    db.session.expire_all()
