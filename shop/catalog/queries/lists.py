"""The staff's lists of the catalogue: games with price and stock, publishers, categories, mechanics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from shop.catalog.models import Category, Edition, Game, Mechanic, PriceBatch, PriceChange, Publisher
from shop.catalog.models.games import game_category, game_mechanic
from shop.catalog.queries.finding import found_by
from shop.catalog.rules.spelling import alike, company_key
from shop.db import db
from shop.errors import N_, NotFound
from shop.paging import Order, Page, in_order, page_of_ids, streamed


class GameSort(StrEnum):
    """What games can be sorted by."""

    NEW = "new"
    PRICE = "price"
    TITLE = "title"
    YEAR = "year"


@dataclass(frozen=True)
class GameFilter:
    """Which games are wanted; None and empty mean any."""

    search: str = ""
    archived: bool = False
    in_stock: bool | None = None
    publisher_id: int | None = None
    category_id: int | None = None
    mechanic_id: int | None = None
    players: int | None = None
    is_expansion: bool | None = None
    price_from: Decimal | None = None
    price_to: Decimal | None = None


def games(wanted: GameFilter, *, sort: GameSort, down: bool, number: int, size: int) -> Page[Game]:
    """One page of games with their publisher."""
    page = page_of_ids(select(Game.id).where(*_conditions(wanted)), order=_order(sort, down), number=number, size=size)
    rows = select(Game).where(Game.id.in_(page.rows)).options(joinedload(Game.publisher), raiseload("*"))
    return in_order(page, db.session.scalars(rows).all())


def exported_games(wanted: GameFilter) -> Iterator[Any]:
    """Every edition of the wanted games, with the facts of its game, in Ukrainian order."""
    rows = (
        select(
            Game.title,
            Game.title_original,
            Publisher.name,
            Game.year,
            Game.min_players,
            Game.max_players,
            Game.min_minutes,
            Game.max_minutes,
            Game.min_age,
            Game.weight,
            Edition.sku,
            Edition.ean13,
            Edition.language,
            Edition.condition,
            Edition.price,
        )
        .outerjoin(Publisher, Publisher.id == Game.publisher_id)
        .outerjoin(Edition, Edition.game_id == Game.id)
        .where(*_conditions(wanted))
    )
    return streamed(rows, [(Game.sort_key, False), (Game.id, False), (Edition.id, False)])


def editions_of(game_ids: Sequence[int]) -> dict[int, list[Edition]]:
    """The editions of some games, the oldest first."""
    listed: dict[int, list[Edition]] = {game_id: [] for game_id in game_ids}
    rows = select(Edition).where(Edition.game_id.in_(game_ids)).options(raiseload("*")).order_by(Edition.id)
    for edition in db.session.scalars(rows):
        listed[edition.game_id].append(edition)
    return listed


def game_with_facts(game_id: int) -> Game:
    """A game with all that its form shows. Raises NotFound."""
    options = [selectinload(link) for link in (Game.categories, Game.mechanics, Game.designers)]
    rows = select(Game).where(Game.id == game_id)
    game = db.session.scalar(rows.options(*options, joinedload(Game.publisher), joinedload(Game.base_game)))
    if game is None:
        raise NotFound("game_not_found", N_("There is no such game."))
    return game


def publishers(search: str, *, number: int, size: int) -> Page[Publisher]:
    """One page of publishers in Ukrainian order."""
    rows = select(Publisher.id)
    if search:
        rows = rows.where(Publisher.key.contains(company_key(search), autoescape=True))
    page = page_of_ids(rows, order=[(Publisher.sort_key, False), (Publisher.id, False)], number=number, size=size)
    return in_order(page, db.session.scalars(select(Publisher).where(Publisher.id.in_(page.rows))).all())


def games_of_publishers(publisher_ids: Sequence[int]) -> dict[int, int]:
    """How many games each publisher has."""
    of_them = Game.publisher_id.in_(publisher_ids)
    counted = select(Game.publisher_id, func.count()).where(of_them).group_by(Game.publisher_id)
    return {publisher_id: count for publisher_id, count in db.session.execute(counted) if publisher_id}


def similar_publishers(name: str, *, besides: int | None = None) -> list[Publisher]:
    """Publishers that may be the same company under another spelling."""
    key = company_key(name)
    every = db.session.scalars(select(Publisher).where(Publisher.id != (besides or 0)).order_by(Publisher.sort_key))
    return [publisher for publisher in every if alike(key, publisher.key)]


def words(table: type[Category] | type[Mechanic], search: str, *, number: int, size: int) -> Page[Any]:
    """One page of categories or mechanics in Ukrainian order."""
    rows = select(table.id)
    if search:
        rows = rows.where(func.lower(table.name + " " + table.name_en).contains(search.lower(), autoescape=True))
    page = page_of_ids(rows, order=[(table.sort_key, False), (table.id, False)], number=number, size=size)
    return in_order(page, db.session.scalars(select(table).where(table.id.in_(page.rows))).all())


def games_of_words(table: type[Category] | type[Mechanic], word_ids: Sequence[int]) -> dict[int, int]:
    """How many games each category or mechanic has."""
    link = game_category if table is Category else game_mechanic
    column = link.c[f"{table.__tablename__}_id"]
    counted = select(column, func.count()).where(column.in_(word_ids)).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def all_words(table: type[Category] | type[Mechanic]) -> Sequence[Any]:
    """All categories or mechanics, in Ukrainian order."""
    return db.session.scalars(select(table).order_by(table.sort_key, table.id)).all()


def row_by_id(table: type[Any], row_id: int) -> Any:
    """A publisher, category or mechanic. Raises NotFound."""
    row = db.session.get(table, row_id)
    if row is None:
        raise NotFound("not_found", N_("This is not here any more. Perhaps somebody has deleted it."))
    return row


def price_history(edition_ids: Sequence[int], *, limit: int) -> Sequence[PriceChange]:
    """The last changes of the prices of some editions, the newest first."""
    rows = select(PriceChange).where(PriceChange.edition_id.in_(edition_ids)).options(joinedload(PriceChange.edition))
    return db.session.scalars(rows.order_by(PriceChange.id.desc()).limit(limit)).all()


def editions_to_reprice(wanted: GameFilter, *, limit: int) -> Sequence[Edition]:
    """The editions on sale of the wanted games with their game, by title; at most `limit`."""
    rows = (
        select(Edition)
        .join(Edition.game)
        .where(Edition.archived_at.is_(None), *_conditions(wanted))
        .options(joinedload(Edition.game), raiseload("*"))
        .order_by(Game.sort_key, Game.id, Edition.id)
    )
    return db.session.scalars(rows.limit(limit)).all()


@dataclass(frozen=True)
class BatchPage:
    """A batch of prices with its rows, the batch that undid it and the one that it undoes."""

    batch: PriceBatch
    changes: Sequence[PriceChange]
    undone_by: PriceBatch | None


def batch_page(batch_id: int) -> BatchPage:
    """A batch with what its page shows. Raises NotFound."""
    batch = db.session.get(PriceBatch, batch_id)
    if batch is None:
        raise NotFound("batch_not_found", N_("There is no such change of prices."))
    rows = select(PriceChange).join(PriceChange.edition).join(Edition.game).where(PriceChange.batch_id == batch_id)
    rows = rows.order_by(Game.sort_key, PriceChange.id)
    editions = joinedload(PriceChange.edition).joinedload(Edition.game)
    undone_by = db.session.scalar(select(PriceBatch).where(PriceBatch.undoes_id == batch_id))
    return BatchPage(batch, db.session.scalars(rows.options(editions, raiseload("*"))).all(), undone_by)


def latest_batches(*, limit: int) -> Sequence[PriceBatch]:
    """The last changes of many prices."""
    return db.session.scalars(select(PriceBatch).order_by(PriceBatch.id.desc()).limit(limit)).all()


def games_added_since(moment: datetime) -> int:
    """How many games were added since a moment."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Game).where(Game.created_at >= moment, Game.archived_at.is_(None))
        )
        or 0
    )


def _conditions(wanted: GameFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Game.archived_at.is_not(None) if wanted.archived else Game.archived_at.is_(None)
    ]
    conditions += found_by(wanted.search)
    if wanted.in_stock is not None:
        conditions.append(Game.in_stock == literal(wanted.in_stock))
    if wanted.publisher_id is not None:
        conditions.append(Game.publisher_id == wanted.publisher_id)
    if wanted.category_id is not None:
        linked = select(game_category.c.game_id).where(game_category.c.category_id == wanted.category_id)
        conditions.append(Game.id.in_(linked))
    if wanted.mechanic_id is not None:
        played = select(game_mechanic.c.game_id).where(game_mechanic.c.mechanic_id == wanted.mechanic_id)
        conditions.append(Game.id.in_(played))
    if wanted.players is not None:
        conditions += [Game.min_players <= wanted.players, Game.max_players >= wanted.players]
    if wanted.is_expansion is not None:
        conditions.append(Game.is_expansion.is_(wanted.is_expansion))
    if wanted.price_from is not None:
        conditions.append(Game.price_from >= wanted.price_from)
    if wanted.price_to is not None:
        conditions.append(Game.price_from <= wanted.price_to)
    return conditions


def _order(sort: GameSort, down: bool) -> Order:
    columns: dict[GameSort, Any] = {
        GameSort.NEW: Game.created_at,
        GameSort.PRICE: Game.price_from,
        GameSort.TITLE: Game.sort_key,
        GameSort.YEAR: func.coalesce(Game.year, 0),
    }
    return [(columns[sort], down), (Game.id, down)]
