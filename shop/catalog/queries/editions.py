"""Editions: of some games, and the one that a code names."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from shop.catalog.models import Edition
from shop.catalog.rules.editions import clean_barcode
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
    ean13, sku = clean_barcode(code), "".join(code.split()).upper()
    return db.session.scalar(select(Edition).where((Edition.ean13 == ean13) | (Edition.sku == sku)))
