"""Categories and mechanics: the lists, all to choose from, and how many games each has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, literal, select, union_all

from shop.catalog.models import Category, Mechanic
from shop.catalog.models.games import game_category, game_mechanic
from shop.db import db, reading
from shop.errors import N_, NotFound
from shop.paging import Page, Place, page_of


def listed_words(table: type[Category] | type[Mechanic], search: str, *, place: Place, size: int) -> Page[Any]:
    """One page of categories or mechanics in Ukrainian order. Rows have id, slug, name, name_en."""
    rows: Any = select(table.id, table.slug, table.name, table.name_en)
    if search:
        rows = rows.where(func.lower(table.name + " " + table.name_en).contains(search.lower(), autoescape=True))
    order = [(table.sort_key, False), (table.id, False)]
    with reading() as connection:
        return page_of(rows, order=order, place=place, size=size, connection=connection)


def games_of_words(table: type[Category] | type[Mechanic], word_ids: Sequence[int]) -> dict[int, int]:
    """How many games each category or mechanic has."""
    link = game_category if table is Category else game_mechanic
    column = link.c[f"{table.__tablename__}_id"]
    counted = select(column, func.count()).where(column.in_(word_ids)).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def all_words(table: type[Category] | type[Mechanic]) -> Sequence[Any]:
    """All categories or mechanics, in Ukrainian order."""
    return db.session.scalars(select(table).order_by(table.sort_key, table.id)).all()


@dataclass(frozen=True)
class Word:
    """A category or a mechanic to choose."""

    kind: str
    slug: str
    name: str
    name_en: str


def words_of_shop(connection: Connection) -> Sequence[Word]:
    """The categories and mechanics to choose from, each in Ukrainian order, in one statement."""
    columns = [
        select(literal(table.__tablename__), table.slug, table.name, table.name_en, table.sort_key)
        for table in (Category, Mechanic)
    ]
    rows = connection.execute(union_all(*columns))
    return [Word(*row[:4]) for row in sorted(rows, key=lambda row: row[4])]


def row_by_id(table: type[Any], row_id: int) -> Any:
    """A publisher, category or mechanic. Raises NotFound."""
    row = db.session.get(table, row_id)
    if row is None:
        raise NotFound("not_found", N_("This is not here any more. Perhaps somebody has deleted it."))
    return row
