"""Editions: of some games, and the one that a code names."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
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
    clean = {clean_code(code) for code in codes} | {"".join(code.split()).upper() for code in codes}
    beside = select(EditionCode.edition_id).where(EditionCode.code.in_(clean))
    return or_(Edition.ean13.in_(clean), Edition.sku.in_(clean), Edition.id.in_(beside))
