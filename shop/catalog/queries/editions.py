"""Editions: of some games, and the one that a code names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, union_all
from sqlalchemy.orm import raiseload

from shop.catalog.models import Edition, EditionCode, Game
from shop.catalog.rules.codes import clean_code
from shop.db import db, reading


def editions_of(game_ids: Sequence[int]) -> dict[int, list[Edition]]:
    """The editions of some games, the oldest first."""
    listed: dict[int, list[Edition]] = {game_id: [] for game_id in game_ids}
    rows = select(Edition).where(Edition.game_id.in_(game_ids)).options(raiseload("*")).order_by(Edition.id)
    for edition in db.session.scalars(rows):
        listed[edition.game_id].append(edition)
    return listed


def edition_ids_of(game_ids: Sequence[int]) -> list[int]:
    """The ids of the editions of some games, by title."""
    rows = select(Edition.id).join(Edition.game).where(Edition.game_id.in_(game_ids))
    with reading() as connection:
        return list(connection.scalars(rows.order_by(Game.sort_key, Game.id, Edition.id)))


def labelled_editions(edition_ids: Sequence[int]) -> Sequence[Any]:
    """Those of some editions that are on sale, by title, as a label on a shelf has them: title, sku, price, ean13."""
    rows = (
        select(Game.title, Edition.sku, Edition.price, Edition.ean13, Edition.language)
        .join(Edition.game)
        .where(Edition.id.in_(edition_ids), Edition.archived_at.is_(None))
        .order_by(Game.sort_key, Game.id, Edition.id)
    )
    with reading() as connection:
        return connection.execute(rows).all()


def edition_with_code(code: str) -> Edition | None:
    """The edition that a scanned barcode or a typed SKU names, if there is one."""
    return db.session.scalar(select(Edition).where(named_by([code])))


def edition_ids_by_code(codes: Sequence[str]) -> dict[str, int]:
    """The id of the edition that each of some codes names; codes that name nothing are left out."""
    columns = (Edition.id, Edition.ean13), (Edition.id, Edition.sku), (EditionCode.edition_id, EditionCode.code)
    stored = spellings(codes)
    found = [select(code.label("code"), row_id.label("id")).where(code.in_(stored)) for row_id, code in columns]
    with reading() as connection:
        known = {row.code: row.id for row in connection.execute(union_all(*found))}
    ids = {code: next((known[each] for each in spellings([code]) if each in known), None) for code in codes}
    return {code: row_id for code, row_id in ids.items() if row_id is not None}


def named_by(codes: Sequence[str]) -> ColumnElement[bool]:
    """The condition under which an edition has one of some scanned barcodes, typed SKUs or codes beside these."""
    return of_codes(spellings(codes))


def spellings(codes: Sequence[str]) -> list[str]:
    """Codes as they may be stored: as a barcode and as an SKU."""
    return sorted({clean_code(code) for code in codes} | {"".join(code.split()).upper() for code in codes})


def of_codes(stored: Any) -> ColumnElement[bool]:
    """The condition under which an edition has a stored code.

    Each index is asked by itself: of one OR over all three PostgreSQL makes a walk through all editions.
    """
    columns = (Edition.id, Edition.ean13), (Edition.id, Edition.sku), (EditionCode.edition_id, EditionCode.code)
    found = [select(edition_id).where(code.in_(stored)).correlate(None) for edition_id, code in columns]
    return Edition.id.in_(union_all(*found))
