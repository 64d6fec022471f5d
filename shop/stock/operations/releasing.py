"""Claims given back: of an order's lines, of a cart, and those of checkouts that nobody finished in time.

Levels are locked before any claim on them is taken away. What a DELETE returns is told to one session only: two that
subtracted a sum which they had read would subtract it twice, and sell copies that are not there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, column, delete, func, or_, select, update, values

from shop.db import db
from shop.errors import N_, Conflict
from shop.stock.models import Allocation, Hold, StockLevel
from shop.stock.operations.levels import HeldLevel, editions_of, held_levels
from shop.stock.operations.showing import refresh_in_stock, tell_the_storefront

Change = tuple[int, int]
"""By how many copies `allocated` and `held` of a level change."""


def release(order_line_ids: Collection[int]) -> dict[int, int]:
    """Give the allocations of lines back; {level id: copies}, empty when they were given back before."""
    held = _levels_claimed_by(order_line_ids)
    freed = _taken_away(Allocation, Allocation.order_line_id.in_(order_line_ids))
    change_claims(held, {level_id: (-copies, 0) for level_id, copies in freed.items()})
    return freed


@dataclass(frozen=True)
class GivenUp:
    """Claims that lines gave up: the held levels with them and without, and the copies by level id and by line id."""

    seen: Sequence[HeldLevel]
    levels: Sequence[HeldLevel]
    leaving: Mapping[int, int]
    of_lines: Mapping[int, int]


def given_up(order_line_ids: Collection[int]) -> GivenUp:
    """Take the claims of lines away for what books their copies now.

    Nothing is said in the shop window: the copies leave in the same deed.
    """
    of_lines = select(Allocation.order_line_id, func.sum(Allocation.quantity)).group_by(Allocation.order_line_id)
    held = _levels_claimed_by(order_line_ids)
    lines = db.session.execute(of_lines.where(Allocation.order_line_id.in_(order_line_ids)))
    copies = {line_id: int(quantity) for line_id, quantity in lines}
    freed = _taken_away(Allocation, Allocation.order_line_id.in_(order_line_ids))
    _write({level_id: (-copies, 0) for level_id, copies in freed.items()})
    levels = [replace(level, allocated=level.allocated - freed.get(level.id, 0)) for level in held]
    return GivenUp(held, levels, freed, copies)


def let_go(cart_key: str, *, at: datetime) -> None:
    """Give back what a cart holds."""
    held = held_levels(db.session.scalars(select(Hold.level_id).where(Hold.cart_key == cart_key)).all())
    gone = holds_ended(held, cart_key=cart_key, at=at)
    change_claims(held, {level_id: (0, -copies) for level_id, copies in gone.items()})


def let_expired_go(*, at: datetime, limit: int = 200) -> int:
    """Give back expired holds that nobody has asked for, so that the shop window tells the truth; how many copies."""
    rows = select(Hold.level_id).where(Hold.expires_at <= at).order_by(Hold.expires_at).limit(limit)
    held = held_levels(db.session.scalars(rows).all())
    gone = holds_ended(held, cart_key="", at=at)
    change_claims(held, {level_id: (0, -copies) for level_id, copies in gone.items()})
    return sum(gone.values())


def without_expired(held: Sequence[HeldLevel], *, at: datetime) -> list[HeldLevel]:
    """The levels after their expired holds were given back: a booking may take those copies."""
    gone = holds_ended(held, cart_key="", at=at)
    _write({level_id: (0, -copies) for level_id, copies in gone.items()})
    return [replace(level, held=level.held - gone.get(level.id, 0)) for level in held]


def holds_ended(held: Sequence[HeldLevel], *, cart_key: str, at: datetime) -> dict[int, int]:
    """Take away the expired holds on locked levels, and those of a cart; {level id: copies}, not yet counted off."""
    ids = [level.id for level in held if level.held]
    if not ids:
        return {}
    ended = or_(Hold.expires_at <= at, Hold.cart_key == cart_key) if cart_key else Hold.expires_at <= at
    return _taken_away(Hold, Hold.level_id.in_(ids) & ended)


def change_claims(held: Sequence[HeldLevel], changes: Mapping[int, Change]) -> None:
    """Count claims on locked levels on or off, and say so in the shop window.

    Raises Conflict when more would be promised than there is; then nothing of the deed stays.
    """
    changes = {level_id: change for level_id, change in changes.items() if change != (0, 0)}
    if not changes:
        return
    _write(changes)
    touched = [level for level in held if level.id in changes]
    editions = editions_of({level.edition_id for level in touched})
    after = {level.id: _changed(level, changes[level.id]) for level in touched}
    refresh_in_stock(touched, after, editions)
    tell_the_storefront(touched, after, editions)


def _changed(level: HeldLevel, change: Change) -> HeldLevel:
    return replace(level, allocated=level.allocated + change[0], held=level.held + change[1])


def _write(changes: Mapping[int, Change]) -> None:
    """One conditional statement for all levels, whose row count decides."""
    if not changes:
        return
    columns: Any = [column("id", Integer), column("allocated", Integer), column("held", Integer)]
    new = values(*columns, name="new").data([(level_id, *change) for level_id, change in sorted(changes.items())]).cte()
    free = StockLevel.on_hand + StockLevel.oversell_cap - StockLevel.allocated - StockLevel.held
    changed = (
        update(StockLevel)
        .where(StockLevel.id == new.c.id, free - new.c.allocated - new.c.held >= 0)
        .values(allocated=StockLevel.allocated + new.c.allocated, held=StockLevel.held + new.c.held)
        .returning(StockLevel.id)
        .execution_options(synchronize_session=False)
    )
    if len(db.session.execute(changed).all()) != len(changes):
        raise Conflict("too_few", N_("Too few copies: some are promised already. Look at the levels."))


def _levels_claimed_by(order_line_ids: Collection[int]) -> list[HeldLevel]:
    of_lines = Allocation.order_line_id.in_(order_line_ids)
    return held_levels(db.session.scalars(select(Allocation.level_id).where(of_lines)).all())


def _taken_away(table: type[Allocation] | type[Hold], which: ColumnElement[bool]) -> dict[int, int]:
    gone = delete(table).where(which).returning(table.level_id, table.quantity)
    sums: dict[int, int] = {}
    for level_id, copies in db.session.execute(gone.execution_options(synchronize_session=False)):
        sums[level_id] = sums.get(level_id, 0) + copies
    return sums
