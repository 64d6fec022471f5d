"""The audit as its page shows it: of a game, with what was done to its editions."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from shop.audit.queries import AuditFilter, Entry, entries
from shop.catalog.models import Edition
from shop.db import db
from shop.paging import Page, Place


def entries_with_parts(wanted: AuditFilter, *, place: Place, size: int, permissions: Collection[str]) -> Page[Entry]:
    """One page of entries, the newest first; those of one game's editions are among those of the game."""
    if wanted.subject_kind == "game" and wanted.subject_id is not None:
        ids = db.session.scalars(select(Edition.id).where(Edition.game_id == wanted.subject_id).order_by(Edition.id))
        wanted = replace(wanted, parts=[("edition", each) for each in ids])
    return entries(wanted, place=place, size=size, permissions=permissions)
