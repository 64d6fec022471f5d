"""«Чому тут 47?»: the running balance of an edition, at one location or at all, as of any moment.

Movements of a level never go back in time, so those before a moment are the first ones of it, and their sum is what
there was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload, raiseload

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, NotFound
from shop.rows import row
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import TRANSFERS, MovementKind

PAGE = 50


@dataclass(frozen=True)
class Why:
    """The number, the sums that make it up by kind, and one page of the movements, newest first.

    `value` is what the copies cost, None for those who may not see it. Rows have id, occurred_at, kind, location,
    reason, document_id, reference, undoes_id, undone_by_id, actor_name, quantity, and `balance`: what the page shows
    after it, of the location or of all locations together.
    """

    edition: Edition
    game: Game
    location: Location | None
    levels: Sequence[StockLevel]
    on_hand: int
    value: Decimal | None
    sums: dict[MovementKind, int]
    rows: Sequence[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the movements fill."""
        return max(-(-self.total // PAGE), 1)


def why(
    edition_id: int,
    *,
    with_cost: bool = False,
    location_id: int | None = None,
    until: datetime | None = None,
    kind: MovementKind | None = None,
    page: int = 1,
) -> Why:
    """Explain how many copies of an edition there are; `until` is exclusive. Raises NotFound.

    What they cost is read only `with_cost`, for those who may see it.
    """
    edition = _edition(edition_id)
    location = None if location_id is None else row(Location, location_id)
    levels = _levels(edition_id, location_id)
    chosen = _chosen([level.id for level in levels], until)
    sums = _sums(chosen)
    value = db.session.scalar(select(func.sum(StockMovement.value)).where(*chosen)) or Decimal(0) if with_cost else None
    kind_of = [StockMovement.kind == kind] if kind else []
    total = db.session.scalar(select(func.count()).select_from(StockMovement).where(*chosen, *kind_of)) or 0
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    return Why(
        edition=edition,
        game=edition.game,
        location=location,
        levels=levels,
        on_hand=sum(sums.values()),
        value=value,
        sums=_shown(sums, at_one_place=location is not None),
        rows=_rows(chosen, kind, page, at_one_place=location is not None),
        total=total,
        page=page,
    )


def _chosen(level_ids: Sequence[int], until: datetime | None) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [StockMovement.level_id.in_(level_ids)]
    return [*chosen, StockMovement.occurred_at < until] if until else chosen


def _sums(chosen: Sequence[ColumnElement[bool]]) -> dict[MovementKind, int]:
    """By kind, with a reversal counted to the kind that it takes back: a mistake and its undoing leave nothing."""
    undone = aliased(StockMovement)
    kind = func.coalesce(undone.kind, StockMovement.kind, type_=StockMovement.kind.type)
    rows = (
        select(kind, func.sum(StockMovement.quantity))
        .select_from(StockMovement)
        .outerjoin(undone, undone.id == StockMovement.reverses_id)
        .where(*chosen)
        .group_by(kind)
    )
    return {MovementKind(each): int(quantity) for each, quantity in db.session.execute(rows)}


def _shown(sums: dict[MovementKind, int], *, at_one_place: bool) -> dict[MovementKind, int]:
    """What came first, then what went; transfers only where they change anything."""
    shown = {kind: quantity for kind, quantity in sums.items() if at_one_place or kind not in TRANSFERS}
    return dict(sorted(shown.items(), key=lambda item: -item[1]))


def _rows(
    chosen: Sequence[ColumnElement[bool]], kind: MovementKind | None, page: int, *, at_one_place: bool
) -> Sequence[Any]:
    movement, undoing = StockMovement, aliased(StockDocument)
    rows = (
        select(
            *(movement.id, movement.occurred_at, movement.kind, movement.reason, movement.document_id),
            *(movement.actor_name, movement.quantity),
            Location.name.label("location"),
            StockDocument.reference,
            StockDocument.reverses_id.label("undoes_id"),
            undoing.id.label("undone_by_id"),
        )
        .join(StockDocument, StockDocument.id == movement.document_id)
        .join(StockLevel, StockLevel.id == movement.level_id)
        .join(Location, Location.id == StockLevel.location_id)
        .outerjoin(undoing, undoing.reverses_id == movement.document_id)
        .where(*chosen)
        .order_by(movement.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    if kind:
        rows = rows.where(movement.kind == kind)
    if at_one_place:
        rows = rows.add_columns(movement.balance_after.label("balance"))
    else:
        balance = func.sum(movement.quantity).over(order_by=movement.id, rows=(None, 0))
        running = select(movement.id, balance.label("balance")).where(*chosen).subquery()
        rows = rows.add_columns(running.c.balance).join(running, running.c.id == movement.id)
    return db.session.execute(rows).all()


def _edition(edition_id: int) -> Edition:
    rows = select(Edition).where(Edition.id == edition_id).options(joinedload(Edition.game), raiseload("*"))
    edition = db.session.scalar(rows)
    if edition is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return edition


def _levels(edition_id: int, location_id: int | None) -> Sequence[StockLevel]:
    rows = select(StockLevel).where(StockLevel.edition_id == edition_id)
    if location_id is not None:
        rows = rows.where(StockLevel.location_id == location_id)
    return db.session.scalars(rows.options(joinedload(StockLevel.location), raiseload("*"))).all()
