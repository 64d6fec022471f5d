"""Claims on copies that stay on the shelf: a cart's hold for a while, an order's allocation until its copies leave.

Locks come in the order of bookings: levels ascending, then holds and allocations, then games ascending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from shop.db import db
from shop.errors import N_, Conflict
from shop.stock.models import Allocation, Hold, StockLevel
from shop.stock.operations.levels import HeldLevel, Spot, editions_of, levels_of
from shop.stock.operations.releasing import Change, change_claims, holds_ended, let_go
from shop.stock.operations.showing import refuse_retired
from shop.stock.rules import taken_from

MOST_HELD_BY_ADDRESS = 60
"""Copies that one network address may hold at a time, over all of its carts."""


class Shortage(Conflict):
    """Too few copies: `free` says of each edition at fault how many can be had."""

    def __init__(self, free: Mapping[int, int]) -> None:
        editions = editions_of(free)
        missing = "; ".join(f"{editions[edition_id].label}: {copies}" for edition_id, copies in free.items())
        super().__init__("too_few", N_("Too few copies. What can be had — %(missing)s."), missing=missing)
        self.free = free


@dataclass(frozen=True)
class Taken:
    """Copies of an edition that were claimed on one level."""

    level_id: int
    edition_id: int
    location_id: int
    quantity: int


def hold(
    demand: Mapping[int, int], *, cart_key: str, address: str, places: Sequence[int], until: datetime, at: datetime
) -> bool:
    """Hold copies for a cart until a moment, in place of what it held before; whether they are held.

    `demand` is {edition id: copies}, `places` are the ids of locations in the order in which they give. Where its
    address would hold too much nothing is held: then only the order itself claims copies. Raises Shortage naming every
    edition with too few, Conflict when one is off sale.
    """
    _wait_for_turn_of(address)
    if _held_by_others(address, cart_key, at=at) + sum(demand.values()) > MOST_HELD_BY_ADDRESS:
        let_go(cart_key, at=at)
        return False
    taken = _planned(demand, cart_key=cart_key, places=places, at=at, as_hold=True)
    shared = {"cart_key": cart_key, "address": address, "expires_at": until}
    db.session.execute(
        insert(Hold), [shared | {"level_id": each.level_id, "quantity": each.quantity} for each in taken]
    )
    return True


def allocate(
    demand: Mapping[int, int], *, lines: Mapping[int, int], cart_key: str, places: Sequence[int], at: datetime
) -> Sequence[Taken]:
    """Claim copies for the lines of an order until they leave or it is cancelled; from where.

    `demand` is {edition id: copies}, `lines` {edition id: id of its line}; what the cart holds is used first. Raises
    Shortage naming every edition with too few, Conflict when one is off sale.
    """
    taken = _planned(demand, cart_key=cart_key, places=places, at=at, as_hold=False)
    rows = [
        {"order_line_id": lines[each.edition_id], "level_id": each.level_id, "quantity": each.quantity}
        for each in taken
    ]
    db.session.execute(insert(Allocation), rows)
    return taken


def _planned(
    demand: Mapping[int, int], *, cart_key: str, places: Sequence[int], at: datetime, as_hold: bool
) -> Sequence[Taken]:
    """Count copies as claimed, after own and expired holds are let go; which ones."""
    held = _levels_for(demand, cart_key)
    gone = holds_ended(held, cart_key=cart_key, at=at)
    levels: dict[Spot, HeldLevel] = {(level.edition_id, level.location_id): level for level in held}
    free = {spot: level.promisable + gone.get(level.id, 0) for spot, level in levels.items()}
    plan = taken_from(demand, free, places=places)
    _refuse_shortage(demand, free, places)
    taken = [Taken(levels[spot].id, *spot, copies) for spot, copies in plan.items()]
    claimed = {each.level_id: each.quantity for each in taken}
    change_claims(held, {level.id: _change(claimed.get(level.id, 0), gone.get(level.id, 0), as_hold) for level in held})
    refuse_retired(demand)
    return taken


def _change(claimed: int, gone: int, as_hold: bool) -> Change:
    return (0, claimed - gone) if as_hold else (claimed, -gone)


def _levels_for(demand: Mapping[int, int], cart_key: str) -> list[HeldLevel]:
    """All levels of the editions, and of those of which the cart holds copies."""
    own = select(StockLevel.edition_id).join(Hold, Hold.level_id == StockLevel.id).where(Hold.cart_key == cart_key)
    return levels_of({*demand, *db.session.scalars(own)})


def _refuse_shortage(demand: Mapping[int, int], free: Mapping[Spot, int], places: Sequence[int]) -> None:
    short = {}
    for edition_id, copies in demand.items():
        can_be_had = sum(max(free.get((edition_id, place), 0), 0) for place in places)
        if can_be_had < copies:
            short[edition_id] = can_be_had
    if short:
        raise Shortage(short)


def _wait_for_turn_of(address: str) -> None:
    """Holds of one address are counted one after another; SQLite has one writer anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"hold:{address}", 0))))


def _held_by_others(address: str, cart_key: str, *, at: datetime) -> int:
    """How many copies the other carts of an address hold at this moment."""
    live = (Hold.address == address) & (Hold.expires_at > at) & (Hold.cart_key != cart_key)
    return int(db.session.scalar(select(func.coalesce(func.sum(Hold.quantity), 0)).where(live)) or 0)
