"""The places that hold copies: added, renamed, archived while they are empty, restored."""

from datetime import datetime

from sqlalchemy import func, select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.operations.names import NAME_TAKEN, checked_name
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Conflict
from shop.rows import flush_or_conflict, held
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
    location = held(Location, location_id, version=version)
    before = location.name
    location.name = checked_name(name, Location, besides=location_id)
    location.sort_key = sort_key(location.name)
    flush_or_conflict({"name": NAME_TAKEN})
    changed = changes({"name": before}, {"name": location.name})
    audit.record(AuditCode.LOCATION_CHANGED, _subject(location), actor=actor, at=at, changes=changed)
    return location


def archive_location(location_id: int, *, actor: Actor, at: datetime) -> Location:
    """Stop using a place. Raises NotFound, Conflict while it holds copies."""
    location = held(Location, location_id)
    copies = db.session.scalar(select(func.sum(StockLevel.on_hand)).where(StockLevel.location_id == location_id))
    if copies:
        text = N_("It still holds %(copies)s copies. Transfer them first.")
        raise Conflict("location_not_empty", text, copies=int(copies))
    if location.archived_at is None:
        location.archived_at = at
        audit.record(AuditCode.LOCATION_ARCHIVED, _subject(location), actor=actor, at=at)
        db.session.flush()
    return location


def restore_location(location_id: int, *, actor: Actor, at: datetime) -> Location:
    """Use a place again. Raises NotFound."""
    location = held(Location, location_id)
    if location.archived_at is not None:
        location.archived_at = None
        audit.record(AuditCode.LOCATION_RESTORED, _subject(location), actor=actor, at=at)
        db.session.flush()
    return location


def _subject(location: Location) -> Subject:
    return Subject("location", location.id, location.name)
