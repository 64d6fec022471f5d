"""Publishers: the list, those like a name, and how many games each has."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from shop.catalog.models import Game, Publisher
from shop.catalog.rules.spelling import alike, company_key, fold
from shop.db import db, reading
from shop.paging import Page, Place, page_of


def listed_publishers(search: str, *, place: Place, size: int) -> Page[Any]:
    """One page of publishers in Ukrainian order. Rows have id, name."""
    rows: Any = select(Publisher.id, Publisher.name)
    if search:
        rows = rows.where(Publisher.key.contains(company_key(search), autoescape=True))
    order = [(Publisher.sort_key, False), (Publisher.id, False)]
    with reading() as connection:
        return page_of(rows, order=order, place=place, size=size, connection=connection)


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


def publishers_named(text: str, *, limit: int) -> list[Publisher]:
    """Publishers of which a word begins with the text, in Ukrainian order."""
    folded = fold(text)
    rows = select(Publisher).order_by(Publisher.sort_key, Publisher.id)
    if not folded:
        return list(db.session.scalars(rows.limit(limit)))
    every = db.session.scalars(rows)  # a shop has some hundreds of them
    return [each for each in every if f" {folded}" in f" {fold(each.name)}"][:limit]
