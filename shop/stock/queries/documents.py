"""Documents of the stock: one with its movements and what undid it, and those that were booked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Edition, Game
from shop.db import reading
from shop.errors import N_, NotFound
from shop.stock.models import Location, StockDocument, StockLevel, StockMovement
from shop.stock.rules import DocumentKind

_DOCUMENT = (
    StockDocument.id,
    StockDocument.kind,
    StockDocument.reference,
    StockDocument.reason,
    StockDocument.actor_name,
    StockDocument.occurred_at,
    StockDocument.reverses_id,
    StockDocument.idempotency_key,
    StockDocument.actor_id,
)


@dataclass(frozen=True)
class DocumentPage:
    """A document with its movements, the document that undid it and the one that it undoes; `value` if it may be seen.

    Documents have id, kind, reference, reason, actor_name, occurred_at, reverses_id; movements edition_id, title, sku,
    location_id, location, kind, quantity, balance_after, and value if it may be seen.
    """

    document: Any
    movements: Sequence[Any]
    undone_by: Any | None
    undoes: Any | None
    copies: int
    value: Decimal | None

    @property
    def can_be_undone(self) -> bool:
        """Whether `reverse` would try: a reversal stays, and nothing is undone twice."""
        return self.document.kind is not DocumentKind.REVERSAL and self.undone_by is None


def document_page(document_id: int, *, with_cost: bool) -> DocumentPage:
    """A document with what its page shows; what copies cost only for those who may see it. Raises NotFound."""
    family = select(*_DOCUMENT).where((StockDocument.id == document_id) | (StockDocument.reverses_id == document_id))
    with reading() as connection:
        found = {row.id: row for row in connection.execute(family)}
        document = found.pop(document_id, None)
        if document is None:
            raise NotFound("document_not_found", N_("There is no such document."))
        undoes = None
        if document.reverses_id:
            undoes = connection.execute(select(*_DOCUMENT).where(StockDocument.id == document.reverses_id)).first()
        movements = connection.execute(_movements(document_id, with_cost=with_cost)).all()
    copies, value = _whole(movements, with_cost=with_cost)
    return DocumentPage(document, movements, next(iter(found.values()), None), undoes, copies, value)


def _whole(movements: Sequence[Any], *, with_cost: bool) -> tuple[int, Decimal | None]:
    """Copies and worth of a document; of what goes from one place to another, what arrives."""
    arriving = [movement for movement in movements if movement.quantity > 0]
    counted = arriving if 0 < len(arriving) < len(movements) else movements
    copies = sum(movement.quantity for movement in counted)
    return copies, sum((movement.value for movement in counted), Decimal(0)) if with_cost else None


def _movements(document_id: int, *, with_cost: bool) -> Any:
    movement = StockMovement
    cost = (movement.value,) if with_cost else ()
    return (
        select(
            StockLevel.edition_id,
            Game.title,
            Edition.sku,
            StockLevel.location_id,
            Location.name.label("location"),
            movement.kind,
            movement.quantity,
            movement.balance_after,
            *cost,
        )
        .join(StockLevel, StockLevel.id == movement.level_id)
        .join(Edition, Edition.id == StockLevel.edition_id)
        .join(Game, Game.id == Edition.game_id)
        .join(Location, Location.id == StockLevel.location_id)
        .where(movement.document_id == document_id)
        .order_by(movement.id)
    )
