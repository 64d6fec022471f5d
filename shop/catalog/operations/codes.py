"""Attaching to editions the codes that scanners read, and taking them away again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Changes
from shop.catalog.models import Edition, EditionCode, Game
from shop.catalog.operations.editions import attach_barcode, detach_barcode, game_and_edition, subject
from shop.catalog.operations.finding import refresh_terms
from shop.catalog.operations.games import add_game
from shop.catalog.rules.codes import CodeKind, clean_code, code_kind
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.db import constraint_of, db
from shop.errors import N_, Conflict, Invalid

CODE_TAKEN = N_("“%(title)s” has this code already.")
CODE_WRONG = N_("This can’t be a code: one of its digits is missing or wrong. Scan it once more.")


def attach_code(edition_id: int, code: str, *, actor: Actor, at: datetime) -> Edition:
    """Give an edition a code that nothing has: its barcode if that is an EAN-13 and it has none, else one code more.

    Raises NotFound, Invalid for a code that can't be one, Conflict naming the game that has it.
    """
    code = clean_code(code)
    kind = code_kind(code)
    if kind is None:
        raise Invalid("code_wrong", CODE_WRONG, field="code")
    game, edition = game_and_edition(edition_id)
    owner = _owner(code)
    if owner == edition_id:
        return edition
    if owner is not None:
        raise _taken(code)
    if kind is CodeKind.EAN13 and not edition.ean13:
        return attach_barcode(edition_id, code, actor=actor, at=at)
    db.session.add(EditionCode(code=code, edition_id=edition_id, attached_at=at))
    try:
        db.session.flush()
    except IntegrityError as error:
        if "edition_code" in constraint_of(error):
            raise Conflict("code_taken", N_("Somebody has just attached this code. Scan it once more.")) from error
        raise
    _note(AuditCode.EDITION_CODE_ATTACHED, game, edition, {"code": [None, code]}, actor=actor, at=at)
    return edition


def detach_code(edition_id: int, code: str, *, actor: Actor, at: datetime) -> Edition:
    """Take a code away from an edition again. One that it hasn't changes nothing. Raises NotFound."""
    code = clean_code(code)
    game, edition = game_and_edition(edition_id)
    if edition.ean13 == code:
        return detach_barcode(edition_id, actor=actor, at=at)
    theirs = (EditionCode.code == code) & (EditionCode.edition_id == edition_id)
    if db.session.scalar(delete(EditionCode).where(theirs).returning(EditionCode.code)) is not None:
        _note(AuditCode.EDITION_CODE_DETACHED, game, edition, {"code": [code, None]}, actor=actor, at=at)
    return edition


def add_game_with_code(
    facts: GameFacts,
    editions: Sequence[EditionFacts],
    code: str,
    *,
    publish: bool = False,
    actor: Actor,
    at: datetime,
) -> Game:
    """A new game whose first edition gets the code that was scanned; without a code as `add_game`.

    Raises Invalid, Conflict.
    """
    game = add_game(facts, editions, publish=publish, actor=actor, at=at)
    first = db.session.scalar(select(Edition.id).where(Edition.game_id == game.id).order_by(Edition.id).limit(1))
    if code and first is not None:
        attach_code(first, code, actor=actor, at=at)
    return game


def _owner(code: str) -> int | None:
    of_itself = select(Edition.id).where((Edition.ean13 == code) | (Edition.sku == code))
    beside = select(EditionCode.edition_id).where(EditionCode.code == code)
    return db.session.scalar(of_itself.union_all(beside).limit(1))


def _taken(code: str) -> Conflict:
    title = db.session.scalar(
        select(Game.title).join(Edition, Edition.game_id == Game.id).where(Edition.id == _owner(code))
    )
    return Conflict("code_taken", CODE_TAKEN, field="code", title=title)


def _note(code: AuditCode, game: Game, edition: Edition, changes: Changes, *, actor: Actor, at: datetime) -> None:
    about = subject(game.title, edition.id, edition.sku)
    audit.record(code, about, actor=actor, at=at, changes=changes)
    refresh_terms([game.id])
