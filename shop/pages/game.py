"""What the public sees of one game: its facts, its editions with what can be promised, its expansions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, NotFound
from shop.stock.queries.lists import on_hand_of


class Availability(StrEnum):
    """What a shopper is told instead of a number."""

    IN_STOCK = "in_stock"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True)
class Offer:
    """An edition on sale and whether it can be had."""

    edition: Edition
    availability: Availability


@dataclass(frozen=True)
class GamePage:
    """A visible game, its offers, the cheapest available first, and the games around it."""

    game: Game
    offers: Sequence[Offer]
    expansions: Sequence[Game]


def game_page(slug: str) -> GamePage:
    """The game at an address. Raises NotFound, also for a hidden one."""
    links = [selectinload(link) for link in (Game.categories, Game.mechanics, Game.designers)]
    rows = select(Game).where(Game.slug == slug, Game.archived_at.is_(None))
    game = db.session.scalar(
        rows.options(*links, joinedload(Game.publisher), joinedload(Game.base_game), raiseload("*"))
    )
    if game is None:
        raise NotFound("game_not_found", N_("There is no such game, or it is no longer sold."))
    expansions = (
        select(Game)
        .where(Game.base_game_id == game.id, Game.archived_at.is_(None))
        .options(raiseload("*"))
        .order_by(Game.sort_key, Game.id)
    )
    return GamePage(game, _offers(game.id), db.session.scalars(expansions).all())


def _offers(game_id: int) -> list[Offer]:
    on_sale = (Edition.game_id == game_id) & Edition.archived_at.is_(None)
    editions = db.session.scalars(select(Edition).where(on_sale).options(raiseload("*"))).all()
    stock = on_hand_of([edition.id for edition in editions])
    offers = [Offer(edition, _in_words(edition, stock[edition.id].available)) for edition in editions]
    return sorted(offers, key=lambda offer: (offer.availability is Availability.OUT, offer.edition.price))


def _in_words(edition: Edition, free: int) -> Availability:
    if free <= 0:
        return Availability.OUT
    return Availability.LOW if free <= edition.low_stock_at else Availability.IN_STOCK
