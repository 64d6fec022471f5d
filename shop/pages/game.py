"""What the public sees of one game: its facts, its editions with what can be promised, its expansions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from shop.catalog.models import Edition, Game
from shop.db import db
from shop.errors import N_, NotFound
from shop.stock.queries.levels import on_hand_of
from shop.stock.rules import Availability, availability


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
    offers = [
        Offer(edition, availability(stock[edition.id].available, low_at=edition.low_stock_at)) for edition in editions
    ]
    return sorted(offers, key=lambda offer: (offer.availability is Availability.OUT, offer.edition.price))
