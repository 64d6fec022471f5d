"""Taking an edition off sale, which asks the stock first."""

from datetime import datetime

from sqlalchemy import func, select

from shop.audit.rules import Actor
from shop.catalog.models import Edition, Game
from shop.catalog.operations import editions
from shop.db import db
from shop.errors import N_, Conflict, NotFound
from shop.rows import held
from shop.stock.models import StockLevel
from shop.stock.operations.levels import held_levels


def retire_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Take an edition off sale. Raises NotFound, Conflict while there are copies of it.

    Its levels are locked, then its game: a booking locks a level that is there, and the game for one that it makes,
    before it looks whether the edition is on sale.
    """
    game_id = db.session.scalar(select(Edition.game_id).where(Edition.id == edition_id))
    if game_id is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    held_levels(db.session.scalars(select(StockLevel.id).where(StockLevel.edition_id == edition_id)))
    held(Game, game_id)
    copies = db.session.scalar(select(func.sum(StockLevel.on_hand)).where(StockLevel.edition_id == edition_id))
    if copies:
        text = N_("There are still %(copies)s copies of it. Sell them or write them off first.")
        raise Conflict("edition_not_empty", text, copies=int(copies))
    return editions.archive_edition(edition_id, actor=actor, at=at)
