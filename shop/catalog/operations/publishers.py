"""Adding, renaming and removing publishers."""

from datetime import datetime

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Game, Publisher
from shop.catalog.operations.finding import refresh_terms
from shop.catalog.operations.names import NAME_TAKEN, checked_name, delete_unused
from shop.catalog.rules.spelling import company_key, sort_key
from shop.db import db
from shop.rows import flush_or_conflict, held
from shop.versions import Published, raised


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
    theirs = select(Game.id).where(Game.publisher_id == publisher_id).order_by(Game.id)
    game_ids = db.session.scalars(theirs.with_for_update(key_share=True)).all()
    publisher = held(Publisher, publisher_id, version=version)  # after its games: who saves a game locks that first
    before = publisher.name
    publisher.name = checked_name(name, Publisher, besides=publisher_id)
    publisher.key, publisher.sort_key = company_key(publisher.name), sort_key(publisher.name)
    flush_or_conflict({"name": NAME_TAKEN})
    refresh_terms(game_ids)
    changed = changes({"name": before}, {"name": publisher.name})
    audit.record(AuditCode.PUBLISHER_CHANGED, _subject(publisher), actor=actor, at=at, changes=changed)
    raised(Published.CATALOGUE)
    return publisher


def remove_publisher(publisher_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a publisher that no game names. Raises NotFound, Conflict."""
    publisher = held(Publisher, publisher_id, fully=True)
    audit.record(AuditCode.PUBLISHER_REMOVED, _subject(publisher), actor=actor, at=at)
    delete_unused(publisher, Game.publisher_id == publisher_id)


def _subject(publisher: Publisher) -> Subject:
    return Subject("publisher", publisher.id, publisher.name)
