"""Locations, and taking an edition off sale, which asks the stock first."""

from datetime import datetime

from sqlalchemy import func, select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Edition, Game
from shop.catalog.operations import editions
from shop.catalog.operations.rows import NAME_TAKEN, checked_name, flush_or_conflict, found
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Conflict, NotFound
from shop.stock.models import Location, StockLevel


def add_location(name: str, *, actor: Actor, at: datetime) -> Location:
    """A new place for copies. Raises Invalid, Conflict when the name is taken."""
    name = checked_name(name, Location)
    location = Location(name=name, sort_key=sort_key(name))
    db.session.add(location)
    flush_or_conflict({"name": NAME_TAKEN})
    audit.record(AuditCode.LOCATION_ADDED, _subject(location), actor=actor, at=at)
    return location


def rename_location(location_id: int, name: str, *, version: int, actor: Actor, at: datetime) -> Location:
    """Another name for a place. Raises NotFound, Invalid, Conflict."""
    location = found(Location, location_id, version=version)
    before = location.name
    location.name = checked_name(name, Location, besides=location_id)
    location.sort_key = sort_key(location.name)
    flush_or_conflict({"name": NAME_TAKEN})
    changed = changes({"name": before}, {"name": location.name})
    audit.record(AuditCode.LOCATION_CHANGED, _subject(location), actor=actor, at=at, changes=changed)
    return location


def archive_location(location_id: int, *, actor: Actor, at: datetime) -> Location:
    """Stop using a place. Raises NotFound, Conflict while it holds copies."""
    location = found(Location, location_id)
    copies = db.session.scalar(select(func.sum(StockLevel.on_hand)).where(StockLevel.location_id == location_id))
    if copies:
        raise Conflict(
            "location_not_empty", N_("It still holds %(copies)d copies. Transfer them first."), copies=copies
        )
    if location.archived_at is None:
        location.archived_at = at
        audit.record(AuditCode.LOCATION_ARCHIVED, _subject(location), actor=actor, at=at)
        db.session.flush()
    return location


def restore_location(location_id: int, *, actor: Actor, at: datetime) -> Location:
    """Use a place again. Raises NotFound."""
    location = found(Location, location_id)
    if location.archived_at is not None:
        location.archived_at = None
        audit.record(AuditCode.LOCATION_RESTORED, _subject(location), actor=actor, at=at)
        db.session.flush()
    return location


def retire_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Take an edition off sale. Raises NotFound, Conflict while there are copies of it.

    The game is locked first: a booking locks it before it looks whether the edition is on sale.
    """
    game_id = db.session.scalar(select(Edition.game_id).where(Edition.id == edition_id))
    if game_id is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    found(Game, game_id)
    copies = db.session.scalar(select(func.sum(StockLevel.on_hand)).where(StockLevel.edition_id == edition_id))
    if copies:
        text = N_("There are still %(copies)d copies of it. Sell them or write them off first.")
        raise Conflict("edition_not_empty", text, copies=copies)
    return editions.archive_edition(edition_id, actor=actor, at=at)


def _subject(location: Location) -> Subject:
    return Subject("location", location.id, location.name)
