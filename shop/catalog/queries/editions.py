"""Editions: of some games, and the one that a code names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, union_all
from sqlalchemy.orm import raiseload

from shop.catalog.models import Edition, EditionCode
from shop.catalog.rules.codes import clean_code
from shop.db import db


def editions_of(game_ids: Sequence[int]) -> dict[int, list[Edition]]:
    """The editions of some games, the oldest first."""
    listed: dict[int, list[Edition]] = {game_id: [] for game_id in game_ids}
    rows = select(Edition).where(Edition.game_id.in_(game_ids)).options(raiseload("*")).order_by(Edition.id)
    for edition in db.session.scalars(rows):
        listed[edition.game_id].append(edition)
    return listed


def edition_with_code(code: str) -> Edition | None:
    """The edition that a scanned barcode or a typed SKU names, if there is one."""
    return db.session.scalar(select(Edition).where(named_by([code])))


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
