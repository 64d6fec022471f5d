"""Adding, renaming and removing publishers."""

from datetime import datetime

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Game, Publisher
from shop.catalog.operations.finding import refresh_finding
from shop.catalog.operations.rows import NAME_TAKEN, checked_name, delete_unused, flush_or_conflict, found, refuse_used
from shop.catalog.rules.spelling import company_key, sort_key
from shop.db import db


def add_publisher(name: str, *, actor: Actor, at: datetime) -> Publisher:
    """A new publisher. Raises Invalid, Conflict when the name is taken."""
    name = checked_name(name, Publisher)
    publisher = Publisher(name=name, key=company_key(name), sort_key=sort_key(name))
    db.session.add(publisher)
    flush_or_conflict({"name": NAME_TAKEN})
    audit.record(AuditCode.PUBLISHER_ADDED, _subject(publisher), actor=actor, at=at)
    return publisher


def rename_publisher(publisher_id: int, name: str, *, version: int, actor: Actor, at: datetime) -> Publisher:
    """Another name for a publisher; its games are found by the new one. Raises NotFound, Invalid, Conflict."""
    of_theirs = select(Game).where(Game.publisher_id == publisher_id).order_by(Game.id)
    games = db.session.scalars(
        of_theirs.with_for_update(key_share=True), execution_options={"populate_existing": True}
    ).all()
    publisher = found(Publisher, publisher_id, version=version)  # after its games: who saves a game locks that first
    before = publisher.name
    publisher.name = checked_name(name, Publisher, besides=publisher_id)
    publisher.key, publisher.sort_key = company_key(publisher.name), sort_key(publisher.name)
    flush_or_conflict({"name": NAME_TAKEN})
    for game in games:
        refresh_finding(game)
    changed = changes({"name": before}, {"name": publisher.name})
    audit.record(AuditCode.PUBLISHER_CHANGED, _subject(publisher), actor=actor, at=at, changes=changed)
    return publisher


def remove_publisher(publisher_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a publisher that no game names. Raises NotFound, Conflict."""
    publisher = found(Publisher, publisher_id)
    refuse_used(Game.publisher_id == publisher_id)
    audit.record(AuditCode.PUBLISHER_REMOVED, _subject(publisher), actor=actor, at=at)
    delete_unused(publisher)


def _subject(publisher: Publisher) -> Subject:
    return Subject("publisher", publisher.id, publisher.name)
