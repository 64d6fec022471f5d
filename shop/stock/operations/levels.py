"""Levels held for a booking: made where they are missing, locked in ascending id, as they are now.

Those of the same editions at other places are locked too: what a shopper is told of an edition is their sum.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, Conflict, NotFound
from shop.stock.models import Location, StockLevel

Spot = tuple[int, int]
"""An edition at a location: their ids."""


@dataclass(frozen=True)
class HeldLevel:
    """A level as it is while nobody else can change it. `fresh` when this deed made it."""

    id: int
    edition_id: int
    location_id: int
    on_hand: int
    allocated: int
    held: int
    oversell_cap: int
    low_at: int
    value: Decimal
    last_moved_at: datetime | None
    fresh: bool = False

    @property
    def available(self) -> int:
        """What can still be promised."""
        return self.on_hand - self.allocated - self.held

    @property
    def promisable(self) -> int:
        """What may be promised still, what is yet to come included."""
        return self.available + self.oversell_cap

    @property
    def free(self) -> int:
        """What may leave the shelf: all but what is promised to somebody."""
        return self.on_hand - max(self.allocated + self.held - self.oversell_cap, 0)

    @property
    def is_low(self) -> bool:
        """Whether it is called low."""
        return 0 < self.available <= self.low_at


@dataclass(frozen=True)
class OfEdition:
    """What a booking needs to know of an edition."""

    id: int
    game_id: int
    sku: str
    title: str
    cost: Decimal | None
    low_stock_at: int

    @property
    def label(self) -> str:
        """As a refusal names it."""
        return f"{self.title} ({self.sku})"

    @property
    def named(self) -> str:
        """As the audit names it."""
        return f"{self.title} · {self.sku}"


_COLUMNS = (
    StockLevel.id,
    StockLevel.edition_id,
    StockLevel.location_id,
    StockLevel.on_hand,
    StockLevel.allocated,
    StockLevel.held,
    StockLevel.oversell_cap,
    StockLevel.low_at,
    StockLevel.value,
    StockLevel.last_moved_at,
)


def usable_location(location_id: int) -> None:
    """Holds a location, which can't be archived until the end of the transaction. Raises NotFound, Conflict."""
    rows = select(Location.archived_at).where(Location.id == location_id).with_for_update(read=True)
    found = db.session.execute(rows).one_or_none()
    if found is None:
        raise NotFound("location_not_found", N_("There is no such location."))
    if found.archived_at is not None:
        raise Conflict("location_archived", N_("This location is archived. Restore it first."))


def held_spots(edition_ids: Collection[int], location_ids: Collection[int]) -> dict[Spot, HeldLevel]:
    """The levels of editions at locations, made where they are missing and held. Raises NotFound for no edition."""
    wanted = {(edition_id, location_id) for edition_id in edition_ids for location_id in location_ids}
    missing = wanted - _spots_of(edition_ids)
    if missing:
        _hold_bounds({edition_id for edition_id, _ in missing})
    present = {(level.edition_id, level.location_id): level for level in levels_of(edition_ids)}
    missing = wanted - present.keys()
    if missing:
        for location_id in sorted({location_id for _, location_id in missing}):
            _make([edition_id for edition_id, place in missing if place == location_id], location_id)
        made = levels_of({edition_id for edition_id, _ in missing})
        now = {(level.edition_id, level.location_id): replace(level, fresh=True) for level in made}
        present |= {spot: now[spot] for spot in missing & now.keys()}
    if wanted - present.keys():
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return dict(sorted(((spot, present[spot]) for spot in wanted), key=lambda item: item[1].id))


def held_levels(level_ids: Iterable[int]) -> list[HeldLevel]:
    """The levels of these ids as they are now, held until the end of the transaction, in ascending id."""
    wanted = set(level_ids)
    edition_ids = db.session.scalars(select(StockLevel.edition_id).where(StockLevel.id.in_(wanted)).distinct()).all()
    return [level for level in levels_of(edition_ids) if level.id in wanted]


def levels_of(edition_ids: Collection[int]) -> list[HeldLevel]:
    """All levels of editions as they are now, held until the end of the transaction, in ascending id."""
    rows = select(*_COLUMNS).where(StockLevel.edition_id.in_(edition_ids)).order_by(StockLevel.id)
    return [HeldLevel(**row._mapping) for row in db.session.execute(rows.with_for_update(key_share=True))]


def editions_of(edition_ids: Collection[int]) -> dict[int, OfEdition]:
    """What a booking needs to know of some editions."""
    rows = (
        select(Edition.id, Edition.game_id, Edition.sku, Game.title, Edition.cost, Edition.low_stock_at)
        .join(Game, Game.id == Edition.game_id)
        .where(Edition.id.in_(edition_ids))
    )
    return {row.id: OfEdition(*row) for row in db.session.execute(rows)}


def _spots_of(edition_ids: Collection[int]) -> set[Spot]:
    rows = select(StockLevel.edition_id, StockLevel.location_id).where(StockLevel.edition_id.in_(edition_ids))
    return {(edition_id, location_id) for edition_id, location_id in db.session.execute(rows)}


def _hold_bounds(edition_ids: Collection[int]) -> None:
    """Keep `low_stock_at` of editions as it is. Before any level is held: who saves it locks it before the levels."""
    rows = select(Edition.id).where(Edition.id.in_(edition_ids)).order_by(Edition.id)
    db.session.execute(rows.with_for_update(read=True, key_share=True))


def _make(edition_ids: Collection[int], location_id: int) -> None:
    """Empty levels, in ascending edition. Another transaction may make one at this moment; then theirs is used."""
    names = ("edition_id", "low_at", "location_id", "on_hand", "allocated", "held", "oversell_cap", "value")
    nought = literal(0)
    rows: Select[int, int, int, int, int, int, int, int] = (
        select(Edition.id, Edition.low_stock_at, literal(location_id), nought, nought, nought, nought, nought)
        .where(Edition.id.in_(edition_ids))
        .order_by(Edition.id)
    )
    kind = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    db.session.execute(kind.insert(StockLevel).from_select(names, rows).on_conflict_do_nothing())
