"""Adding and changing editions, and taking them off sale."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Edition, Game, PriceChange
from shop.catalog.operations.finding import refresh_finding, refresh_price_from
from shop.catalog.operations.rows import flush_or_conflict, found
from shop.catalog.rules.checks import check_edition
from shop.catalog.rules.facts import EditionFacts, sku_stem
from shop.db import db
from shop.errors import N_, Conflict, NotFound

SKU_TAKEN = N_("Another edition has this SKU already.")
EAN13_TAKEN = N_("Another edition has this barcode already.")
_FACTS = (
    "language",
    "condition",
    "printing",
    "sku",
    "ean13",
    "cost",
    "vat_rate",
    "low_stock_at",
    "weight_grams",
    "length_mm",
    "width_mm",
    "height_mm",
)


def add_edition(game_id: int, facts: EditionFacts, *, actor: Actor, at: datetime) -> Edition:
    """Another edition of a game. Raises NotFound, Invalid, Conflict when the SKU or barcode is taken."""
    game = found(Game, game_id)
    edition = save_edition(game, facts, actor=actor, at=at)
    game.updated_at = at
    refresh_finding(game)
    refresh_price_from(game)
    db.session.flush()
    return edition


def save_edition(game: Game, facts: EditionFacts, *, actor: Actor, at: datetime) -> Edition:
    """Add an edition of the game, or change the one whose id is given; the caller refreshes the game afterwards."""
    facts = check_edition(facts)
    _refuse_taken("ean13", facts.ean13 or None, facts.id)
    _refuse_taken("sku", facts.sku, facts.id)
    edition = _edition_of(game, facts.id) if facts.id else Edition(game_id=game.id, created_at=at)
    before = {} if facts.id is None else {name: getattr(edition, name) for name in _FACTS}
    for name in _FACTS:
        setattr(edition, name, getattr(facts, name) or None if name == "ean13" else getattr(facts, name))
    edition.sku = facts.sku or edition.sku or _free_sku(game.id, facts)
    old_price = edition.price
    edition.price = facts.price
    db.session.add(edition)
    flush_or_conflict({"sku": SKU_TAKEN, "ean13": EAN13_TAKEN})
    changed = changes(before, {name: getattr(edition, name) for name in _FACTS})
    code = AuditCode.EDITION_CHANGED if facts.id else AuditCode.EDITION_ADDED
    if changed:
        audit.record(code, subject(game, edition), actor=actor, at=at, changes=changed)
    if old_price != edition.price:
        _note_price(game, edition, old_price, actor=actor, at=at)
    return edition


def attach_barcode(edition_id: int, ean13: str, *, actor: Actor, at: datetime) -> Edition:
    """Give an edition the barcode that was scanned. Raises NotFound, Invalid, Conflict when it has another one."""
    game, edition = _game_and_edition(edition_id)
    if edition.ean13 and edition.ean13 != ean13:
        raise Conflict("has_barcode", N_("This edition has another barcode: %(ean13)s."), ean13=edition.ean13)
    kept: dict[str, Any] = {name: getattr(edition, name) for name in _FACTS if name != "ean13"}
    save_edition(game, EditionFacts(id=edition.id, price=edition.price, ean13=ean13, **kept), actor=actor, at=at)
    game.updated_at = at
    refresh_finding(game)
    db.session.flush()
    return edition


def archive_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Take an edition off sale. `stock.retire_edition` is the deed for people: it looks for copies first."""
    return _set_archived(edition_id, at, AuditCode.EDITION_ARCHIVED, actor=actor, at=at)


def restore_edition(edition_id: int, *, actor: Actor, at: datetime) -> Edition:
    """Put an edition on sale again. Raises NotFound."""
    return _set_archived(edition_id, None, AuditCode.EDITION_RESTORED, actor=actor, at=at)


def subject(game: Game, edition: Edition) -> Subject:
    """The edition as the audit names it."""
    return Subject("edition", edition.id, f"{game.title} · {edition.sku}")


def _set_archived(
    edition_id: int, archived_at: datetime | None, code: AuditCode, *, actor: Actor, at: datetime
) -> Edition:
    game, edition = _game_and_edition(edition_id)
    if (edition.archived_at is None) == (archived_at is None):
        return edition
    edition.archived_at = archived_at
    game.updated_at = at
    audit.record(code, subject(game, edition), actor=actor, at=at)
    db.session.flush()
    refresh_price_from(game)
    db.session.flush()
    return edition


def _game_and_edition(edition_id: int) -> tuple[Game, Edition]:
    """Both locked, the game first as everywhere: two deeds that lock in opposite order would block each other."""
    game_id = db.session.scalar(select(Edition.game_id).where(Edition.id == edition_id))
    if game_id is None:
        raise NotFound("edition_not_found", N_("There is no such edition."))
    return found(Game, game_id), found(Edition, edition_id)


def _note_price(game: Game, edition: Edition, old_price: object, *, actor: Actor, at: datetime) -> None:
    change = PriceChange(edition_id=edition.id, old_price=old_price, new_price=edition.price, changed_at=at)
    change.actor = actor
    db.session.add(change)
    if old_price is not None:
        changed = changes({"price": old_price}, {"price": edition.price})
        audit.record(AuditCode.EDITION_REPRICED, subject(game, edition), actor=actor, at=at, changes=changed)


def _edition_of(game: Game, edition_id: int) -> Edition:
    edition = found(Edition, edition_id)
    if edition.game_id != game.id:
        raise NotFound("edition_not_found", N_("This edition belongs to another game."))
    return edition


def _refuse_taken(column: str, code: str | None, besides: int | None) -> None:
    """Raises Conflict when another edition has this SKU or barcode, naming its game."""
    if not code:
        return
    taken = (
        select(Game.title)
        .join(Edition, Edition.game_id == Game.id)
        .where(getattr(Edition, column) == code, Edition.id != (besides or 0))
    )
    title = db.session.scalar(taken)
    if title is not None:
        text = (
            N_("“%(title)s” has this SKU already.") if column == "sku" else N_("“%(title)s” has this barcode already.")
        )
        raise Conflict(f"{column}_taken", text, field=column, title=title)


def _free_sku(game_id: int, facts: EditionFacts) -> str:
    stem = sku_stem(game_id, facts.language, facts.condition)
    taken = set(db.session.scalars(select(Edition.sku).where(Edition.sku.startswith(stem, autoescape=True))))
    number, free = 1, stem
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    return free
