"""Changing many prices in one deed, and taking the whole deed back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Edition, Game, PriceBatch, PriceChange
from shop.catalog.operations.editions import subject
from shop.catalog.operations.finding import refresh_price_from
from shop.catalog.operations.rows import flush_or_conflict, found
from shop.catalog.rules.prices import HIGHEST
from shop.db import db
from shop.errors import N_, Conflict, Invalid

BEING_DONE = N_("This is being done already. Look at the result before you repeat it.")


def reprice(
    prices: Mapping[int, tuple[Decimal, Decimal]],
    *,
    title: str,
    reason: str,
    key: str,
    actor: Actor,
    at: datetime,
) -> PriceBatch:
    """Set the prices of editions as one batch. `prices` is {edition id: (price that was seen, new price)} in hryvnias.

    The same `key` again gives the same batch and changes nothing. Raises Invalid when there is nothing to change or a
    price can't be right, Conflict when a price is no longer the one that was seen, NotFound.
    """
    done = db.session.scalar(select(PriceBatch).where(PriceBatch.idempotency_key == key))
    if done is not None:
        return done
    if not prices:
        raise Invalid("nothing_to_reprice", N_("No price would change."))
    if any(not 0 < new <= HIGHEST for _, new in prices.values()):
        raise Invalid("price_wrong", N_("The price must be above zero."), field="price")
    batch = _new_batch(title=title, reason=reason, key=key, actor=actor, at=at)
    _set_prices(batch, prices)
    audit.record(
        AuditCode.PRICES_CHANGED,
        Subject("price_batch", batch.id, title),
        actor=actor,
        at=at,
        reason=reason,
        changes={"editions": [None, len(prices)]},
    )
    return batch


def undo_batch(batch_id: int, *, reason: str, key: str, actor: Actor, at: datetime) -> PriceBatch:
    """Put back the prices of a batch; those that were changed again since stay as they are.

    Raises NotFound, Conflict when it was undone or every price has changed since.
    """
    done = db.session.scalar(select(PriceBatch).where(PriceBatch.idempotency_key == key))
    if done is not None:
        return done
    batch = found(PriceBatch, batch_id)
    if db.session.scalar(select(PriceBatch.id).where(PriceBatch.undoes_id == batch_id)) is not None:
        raise Conflict("already_undone", N_("This has been undone already."))
    rows = db.session.scalars(select(PriceChange).where(PriceChange.batch_id == batch_id)).all()
    back = _still_as_set(rows)
    if not back:
        raise Conflict("prices_changed", N_("All these prices were changed again since, and stay as they are."))
    undoing = _new_batch(title=batch.title, reason=reason, key=key, actor=actor, at=at, undoes_id=batch_id)
    _set_prices(undoing, back)
    audit.record(
        AuditCode.PRICES_UNDONE,
        Subject("price_batch", batch.id, batch.title),
        actor=actor,
        at=at,
        reason=reason,
        changes={"editions": [len(back), None]},
    )
    return undoing


def _still_as_set(rows: Sequence[PriceChange]) -> dict[int, tuple[Decimal, Decimal]]:
    ids = [row.edition_id for row in rows]
    prices = {
        row.id: row.price for row in db.session.execute(select(Edition.id, Edition.price).where(Edition.id.in_(ids)))
    }
    return {
        row.edition_id: (row.new_price, row.old_price)
        for row in rows
        if row.old_price is not None and prices[row.edition_id] == row.new_price
    }


def _new_batch(
    *, title: str, reason: str, key: str, actor: Actor, at: datetime, undoes_id: int | None = None
) -> PriceBatch:
    batch = PriceBatch(title=title[:200], reason=reason[:500], idempotency_key=key, changed_at=at, undoes_id=undoes_id)
    batch.actor = actor
    db.session.add(batch)
    flush_or_conflict({"idempotency_key": BEING_DONE})
    return batch


def _set_prices(batch: PriceBatch, prices: Mapping[int, tuple[Decimal, Decimal]]) -> None:
    """Write the prices and their history, games first and editions after them, each in ascending id."""
    actor = batch.actor
    game_ids = set(db.session.scalars(select(Edition.game_id).where(Edition.id.in_(prices))))
    games = {game_id: found(Game, game_id) for game_id in sorted(game_ids)}
    for edition_id in sorted(prices):
        seen, new = prices[edition_id]
        edition = found(Edition, edition_id)
        if edition.price != seen:
            text = N_("The price of %(sku)s is %(price)s now, not %(seen)s. Look at the preview again.")
            raise Conflict("price_changed", text, sku=edition.sku, price=edition.price, seen=seen)
        edition.price = new
        change = PriceChange(edition_id=edition_id, batch_id=batch.id, old_price=seen, new_price=new)
        change.actor, change.reason = actor, batch.reason
        change.changed_at = batch.changed_at
        db.session.add(change)
        audit.record(
            AuditCode.EDITION_REPRICED,
            subject(games[edition.game_id], edition),
            actor=actor,
            at=batch.changed_at,
            reason=batch.reason,
            changes=changes({"price": seen}, {"price": new}),
        )
    db.session.flush()
    for game in games.values():
        game.updated_at = batch.changed_at
        refresh_price_from(game)
    db.session.flush()
