"""What there is and what there was: documents, levels, worth on a date, what runs low, the last verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import case, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased, joinedload, raiseload

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, NotFound
from shop.stock.models import Location, StockCheck, StockDocument, StockLevel, StockMovement
from shop.stock.rules import TRANSFERS, DocumentKind


@dataclass(frozen=True)
class Holding:
    """So many copies of an edition at a moment, and what they cost."""

    title: str
    sku: str
    edition_id: int
    on_hand: int
    value: Decimal


@dataclass(frozen=True)
class Holdings:
    """All copies at a moment: one page of editions, and the sums over all of them."""

    rows: Sequence[Holding]
    editions: int
    copies: int
    value: Decimal


@dataclass(frozen=True)
class DocumentPage:
    """A document with its movements, the document that undid it and the one that it undoes."""

    document: StockDocument
    movements: Sequence[StockMovement]
    undone_by: StockDocument | None
    undoes: StockDocument | None

    @property
    def can_be_undone(self) -> bool:
        """Whether `reverse` would try: a reversal stays, and nothing is undone twice."""
        return self.document.kind is not DocumentKind.REVERSAL and self.undone_by is None


def holdings(*, until: datetime, location_id: int | None = None, page: int = 1, per_page: int = 100) -> Holdings:
    """What was held just before a moment and what it had cost, the most valuable first."""
    sums = (
        select(
            StockLevel.edition_id,
            func.sum(StockMovement.quantity).label("on_hand"),
            func.sum(StockMovement.value).label("value"),
        )
        .join(StockLevel, StockLevel.id == StockMovement.level_id)
        .where(StockMovement.occurred_at < until)
        .group_by(StockLevel.edition_id)
        .having(func.sum(StockMovement.quantity) != 0)
    )
    if location_id is not None:
        sums = sums.where(StockLevel.location_id == location_id)
    held = sums.subquery()
    editions, copies, value = db.session.execute(
        select(func.count(), func.sum(held.c.on_hand), func.sum(held.c.value))
    ).one()
    rows = (
        select(Game.title, Edition.sku, held.c.edition_id, held.c.on_hand, held.c.value)
        .join(Edition, Edition.id == held.c.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .order_by(held.c.value.desc(), held.c.edition_id)
        .limit(per_page)
        .offset((max(page, 1) - 1) * per_page)
    )
    listed = [Holding(*row) for row in db.session.execute(rows)]
    return Holdings(listed, editions, copies or 0, value or Decimal(0))


def document_page(document_id: int) -> DocumentPage:
    """A document with what its page shows. Raises NotFound."""
    document = db.session.get(StockDocument, document_id)
    if document is None:
        raise NotFound("document_not_found", N_("There is no such document."))
    movements = db.session.scalars(
        select(StockMovement)
        .where(StockMovement.document_id == document_id)
        .options(
            joinedload(StockMovement.level).joinedload(StockLevel.edition).joinedload(Edition.game),
            joinedload(StockMovement.level).joinedload(StockLevel.location),
            raiseload("*"),
        )
        .order_by(StockMovement.id)
    ).all()
    undone_by = db.session.scalar(select(StockDocument).where(StockDocument.reverses_id == document_id))
    undoes = db.session.get(StockDocument, document.reverses_id) if document.reverses_id else None
    return DocumentPage(document, movements, undone_by, undoes)


def latest_check() -> StockCheck | None:
    """The last verification."""
    return db.session.scalar(select(StockCheck).order_by(StockCheck.id.desc()).limit(1))


def latest_documents(*, limit: int) -> Sequence[StockDocument]:
    """What was booked last."""
    return db.session.scalars(select(StockDocument).order_by(StockDocument.id.desc()).limit(limit)).all()


def usable_locations() -> Sequence[Location]:
    """The locations that can be chosen, in Ukrainian order."""
    return db.session.scalars(select(Location).where(Location.archived_at.is_(None)).order_by(Location.sort_key)).all()


def fullest_location_id() -> int | None:
    """The location with the most copies: where deliveries are likeliest to go."""
    copies = func.sum(StockLevel.on_hand)
    rows = select(StockLevel.location_id).join(StockLevel.location).where(Location.archived_at.is_(None))
    return db.session.scalar(rows.group_by(StockLevel.location_id).order_by(copies.desc()).limit(1))


def location_by_id(location_id: int) -> Location:
    """A location. Raises NotFound."""
    location = db.session.get(Location, location_id)
    if location is None:
        raise NotFound("location_not_found", N_("There is no such location."))
    return location


@dataclass(frozen=True)
class DayFlow:
    """How many copies came and went on a day, counted from the beginning of the first one."""

    came: int
    went: int


def daily_flow(starts: Sequence[datetime]) -> list[DayFlow]:
    """What came and went between each two moments that follow each other, transfers and their undoing apart."""
    quantity, at = StockMovement.quantity, StockMovement.occurred_at
    undone = aliased(StockMovement)
    of_a_transfer = exists().where(undone.id == StockMovement.reverses_id, undone.kind.in_(TRANSFERS))
    came = func.coalesce(func.sum(case((quantity > 0, quantity), else_=0)), 0)
    went = func.coalesce(func.sum(case((quantity < 0, -quantity), else_=0)), 0)
    days = [
        select(literal(day).label("day"), came.label("came"), went.label("went")).where(
            at >= begin, at < end, StockMovement.kind.not_in(TRANSFERS), ~of_a_transfer
        )
        for day, (begin, end) in enumerate(pairwise(starts))
    ]  # a range of the index for each day; one pass with a condition for each was nine times slower
    rows = db.session.execute(union_all(*days)).all()
    return [DayFlow(int(row.came), int(row.went)) for row in sorted(rows, key=lambda row: row.day)]
