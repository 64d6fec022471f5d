"""«Чому тут 47?»: the running balance of an edition, at one location or at all, as of any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, raiseload

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, NotFound
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import TRANSFERS, MovementKind

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A movement with the balance that the page shows after it: of the location, or of all locations together."""

    movement: StockMovement
    balance: int
    undone_by_id: int | None


@dataclass(frozen=True)
class Why:
    """The number, the sums that make it up by kind, and one page of the movements, newest first."""

    edition: Edition
    game: Game
    location: Location | None
    levels: Sequence[StockLevel]
    on_hand: int
    value: Decimal
    sums: dict[MovementKind, int]
    rows: Sequence[Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the movements fill."""
        return max(-(-self.total // PAGE), 1)


def why(
    edition_id: int,
    *,
    location_id: int | None = None,
    until: datetime | None = None,
    kind: MovementKind | None = None,
    page: int = 1,
) -> Why:
    """Explain how many copies of an edition there are; `until` is exclusive. Raises NotFound."""
    edition = _edition(edition_id)
    location = _location(location_id)
    levels = _levels(edition_id, location_id)
    chosen = _chosen([level.id for level in levels], until)
    sums = _sums(chosen)
    kind_of = [StockMovement.kind == kind] if kind else []
    total = db.session.scalar(select(func.count()).select_from(StockMovement).where(*chosen, *kind_of)) or 0
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    return Why(
        edition=edition,
        game=edition.game,
        location=location,
        levels=levels,
        on_hand=sum(quantity for quantity, _ in sums.values()),
        value=sum((value for _, value in sums.values()), Decimal(0)),
        sums=_shown(sums, at_one_place=location is not None),
        rows=_rows(chosen, kind, page),
        total=total,
        page=page,
    )


def _chosen(level_ids: Sequence[int], until: datetime | None) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [StockMovement.level_id.in_(level_ids)]
    return [*chosen, StockMovement.occurred_at < until] if until else chosen


def _sums(chosen: Sequence[ColumnElement[bool]]) -> dict[MovementKind, tuple[int, Decimal]]:
    """By kind, with a reversal counted to the kind that it takes back: a mistake and its undoing leave nothing."""
    undone = select(StockMovement.id, StockMovement.kind).subquery()
    kind = func.coalesce(undone.c.kind, StockMovement.kind, type_=StockMovement.kind.type)
    rows = (
        select(kind, func.sum(StockMovement.quantity), func.sum(StockMovement.value))
        .outerjoin(undone, undone.c.id == StockMovement.reverses_id)
        .where(*chosen)
        .group_by(kind)
    )
    return {MovementKind(each): (quantity, value) for each, quantity, value in db.session.execute(rows)}


def _shown(sums: dict[MovementKind, tuple[int, Decimal]], *, at_one_place: bool) -> dict[MovementKind, int]:
    """What came first, then what went; transfers only where they change anything."""
    shown = {kind: quantity for kind, (quantity, _) in sums.items() if at_one_place or kind not in TRANSFERS}
    return dict(sorted(shown.items(), key=lambda item: -item[1]))


def _rows(chosen: Sequence[ColumnElement[bool]], kind: MovementKind | None, page: int) -> list[Row]:
    balance = func.sum(StockMovement.quantity).over(order_by=StockMovement.id, rows=(None, 0))
    running = select(StockMovement.id, StockMovement.kind, balance.label("balance")).where(*chosen).subquery()
    undoing = select(StockDocument.id, StockDocument.reverses_id).subquery()
    rows = (
        select(StockMovement, running.c.balance, undoing.c.id)
        .join(running, running.c.id == StockMovement.id)
        .outerjoin(undoing, undoing.c.reverses_id == StockMovement.document_id)
        .options(
            joinedload(StockMovement.document),
            joinedload(StockMovement.level).joinedload(StockLevel.location),
            raiseload("*"),
        )
        .order_by(StockMovement.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    if kind:
        rows = rows.where(StockMovement.kind == kind)
    return [Row(movement, at_hand, undone_by) for movement, at_hand, undone_by in db.session.execute(rows)]


def _edition(edition_id: int) -> Edition:
    rows = select(Edition).where(Edition.id == edition_id).options(joinedload(Edition.game), raiseload("*"))
    edition = db.session.scalar(rows)
    if edition is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return edition


def _location(location_id: int | None) -> Location | None:
    if location_id is None:
        return None
    location = db.session.get(Location, location_id)
    if location is None:
        raise NotFound("location_not_found", N_("There is no such location."))
    return location


def _levels(edition_id: int, location_id: int | None) -> Sequence[StockLevel]:
    rows = select(StockLevel).where(StockLevel.edition_id == edition_id)
    if location_id is not None:
        rows = rows.where(StockLevel.location_id == location_id)
    return db.session.scalars(rows.options(joinedload(StockLevel.location), raiseload("*"))).all()
