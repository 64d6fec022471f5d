"""What the public sees of one game: its facts, its editions with what can be promised, its expansions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from shop.catalog.models import Category, Designer, Edition, Game, Mechanic, Publisher
from shop.catalog.models.games import game_category, game_designer, game_mechanic
from shop.catalog.queries.states import on_sale
from shop.catalog.queries.vocabulary import Word
from shop.catalog.rules.spelling import sort_key
from shop.catalog.rules.wishes import Wish
from shop.errors import N_, NotFound
from shop.pages.cards import Card, first_cards, read_cards
from shop.stock.models import StockLevel
from shop.stock.rules import NONE_LEFT, Availability, offered

MOST_EXPANSIONS = 48


class Offer(NamedTuple):
    """An edition on sale, whether it can be had, and whether it is one of those that were asked for."""

    edition: Any
    availability: Availability
    asked: bool


@dataclass(frozen=True)
class GamePage:
    """A visible game, its offers, what it is tagged with, and its expansions.

    Offers that were asked for come first, then those that can be had, then the cheapest ones.

    `game` is a row of the game's facts, of its publisher's name and, where there is one to be seen, of its base game's
    title and slug; `words` are of the kinds category, mechanic and designer.
    """

    game: Any
    offers: Sequence[Offer]
    words: Sequence[Word]
    expansions: Sequence[Card]

    @property
    def wanted(self) -> list[Offer]:
        """The offers that were asked for; all of them where none is."""
        return [offer for offer in self.offers if offer.asked] or list(self.offers)

    def tagged(self, kind: str) -> list[Word]:
        """The words of one kind."""
        return [word for word in self.words if word.kind == kind]


def game_page(slug: str, *, wish: Wish, connection: Connection) -> GamePage:
    """The game at an address, in four statements; `wish` may name editions. Raises NotFound, also for a draft."""
    game = connection.execute(_GAME, {"slug": slug}).one_or_none()
    if game is None:
        raise NotFound("game_not_found", N_("There is no such game, or it is no longer sold."))
    words = [
        Word(*row) for row in sorted(connection.execute(_WORDS, {"game_id": game.id}), key=lambda row: sort_key(row[2]))
    ]
    expansions = read_cards(_EXPANSIONS, {"game_id": game.id}, connection=connection)
    return GamePage(game, _offers(game.id, wish, connection), words, expansions)


_Base = aliased(Game)
_FACTS = (
    "id title title_original slug year min_players max_players best_players min_minutes max_minutes min_age weight "
    "description bgg_id is_expansion"
)
_GAME = (
    select(
        *(getattr(Game, name) for name in _FACTS.split()),
        Publisher.name.label("publisher"),
        _Base.title.label("base_title"),
        _Base.slug.label("base_slug"),
    )
    .outerjoin(Publisher, Publisher.id == Game.publisher_id)
    .outerjoin(_Base, (_Base.id == Game.base_game_id) & on_sale(_Base))
    .where(on_sale(), Game.slug == bindparam("slug"))
)
_free = (
    select(func.sum(StockLevel.on_hand - StockLevel.allocated - StockLevel.held))
    .where(StockLevel.edition_id == Edition.id)
    .correlate(Edition)
).scalar_subquery()
_OFFERED = "id sku ean13 language condition printing price low_stock_at"
_of_game = bindparam("game_id", type_=Integer)
_EDITIONS = (
    select(*(getattr(Edition, name) for name in _OFFERED.split()), _free.label("free"))
    .where(Edition.archived_at.is_(None), Edition.game_id == _of_game)
    .order_by(Edition.id)
)
_EXPANSIONS = first_cards(Game.base_game_id == _of_game, most=MOST_EXPANSIONS)


def _offers(game_id: int, wish: Wish, connection: Connection) -> list[Offer]:
    rows = connection.execute(_EDITIONS, {"game_id": game_id})
    offers = [Offer(row, offered(row.free, low_at=row.low_stock_at), _is_asked(row, wish)) for row in rows]
    return sorted(offers, key=lambda offer: (not offer.asked, offer.availability in NONE_LEFT, offer.edition.price))


def _is_asked(edition: Any, wish: Wish) -> bool:
    return (
        wish.names_editions
        and wish.language in (None, edition.language)
        and wish.condition in (None, edition.condition)
    )


def _linked(table: Any, slug: Any, english: Any, link: Any) -> Select[Any]:
    kind = table.__tablename__
    columns = (literal(kind), slug.label("slug"), table.name, english.label("name_en"))
    return select(*columns).join(link, link.c[f"{kind}_id"] == table.id).where(link.c.game_id == _of_game)


_WORDS = union_all(
    _linked(Category, Category.slug, Category.name_en, game_category),
    _linked(Mechanic, Mechanic.slug, Mechanic.name_en, game_mechanic),
    _linked(Designer, literal(""), Designer.name, game_designer),
)
