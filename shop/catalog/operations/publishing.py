"""Putting games on sale, hiding them and showing them again: the only deeds that change a game's state."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import literal, select, update

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode
from shop.catalog.models import Edition, Game
from shop.catalog.rules.states import GameState, missing
from shop.db import db
from shop.errors import N_, Invalid, NotFound
from shop.rows import held
from shop.versions import Published, raised

INCOMPLETE = N_("“%(title)s” can’t go on sale yet. Missing: %(missing)s.")


def publish_game(game_id: int, *, version: int, actor: Actor, at: datetime) -> Game:
    """Put a draft or a hidden game on sale. `version` is the one that the person saw.

    Raises NotFound, Conflict when it was changed meanwhile, Invalid `game_incomplete` when something is missing.
    """
    held(Game, game_id, version=version)
    publish_games([game_id], actor=actor, at=at)
    return db.session.get_one(Game, game_id)


def publish_games(game_ids: Sequence[int], *, actor: Actor, at: datetime) -> list[int]:
    """Put several drafts and hidden games on sale in one deed; the ids of those that were not.

    Raises NotFound when one isn't there, Invalid when one lacks something, and then changes none.
    """
    changing = [each for each in _locked(game_ids) if each.state is not GameState.ON_SALE]
    on_sale = select(Edition.game_id, Edition.price).where(Edition.archived_at.is_(None))
    prices: dict[int, list[Decimal]] = {}
    for game_id, price in db.session.execute(on_sale.where(Edition.game_id.in_([each.id for each in changing]))):
        prices.setdefault(game_id, []).append(price)
    for each in changing:
        refuse_incomplete(each, prices.get(each.id, ()))
    for was, code in ((GameState.DRAFT, AuditCode.GAME_PUBLISHED), (GameState.HIDDEN, AuditCode.GAME_RESTORED)):
        _set_state([each.id for each in changing if each.state is was], GameState.ON_SALE, code, actor=actor, at=at)
    return [each.id for each in changing]


def hide_game(game_id: int, *, version: int | None = None, actor: Actor, at: datetime) -> Game:
    """Hide a game from the storefront and from what is sold; its history stays. Raises NotFound, Conflict."""
    held(Game, game_id, version=version)
    hide_games([game_id], actor=actor, at=at)
    return db.session.get_one(Game, game_id)


def hide_games(game_ids: Sequence[int], *, actor: Actor, at: datetime) -> list[int]:
    """Hide several games in one deed, drafts too; the ids of those that were not hidden.

    Raises NotFound when one isn't there, and hides none then.
    """
    ids = [each.id for each in _locked(game_ids) if each.state is not GameState.HIDDEN]
    _set_state(ids, GameState.HIDDEN, AuditCode.GAME_ARCHIVED, actor=actor, at=at)
    return ids


def refuse_incomplete(game: Any, prices: Collection[Decimal]) -> None:
    """Raises Invalid when something that a game on sale must have is missing; `prices` are of its editions on sale."""
    lacking = missing(game, prices)
    if lacking:
        raise Invalid("game_incomplete", INCOMPLETE, title=game.title, missing=lacking)


def _locked(game_ids: Sequence[int]) -> Sequence[Any]:
    """The games, held in ascending order."""
    columns = Game.id, Game.title, Game.state, Game.min_players, Game.max_players, Game.min_age
    rows = select(*columns).where(Game.id.in_(game_ids)).order_by(Game.id)
    found = db.session.execute(rows.with_for_update(key_share=True)).all()
    if len(found) < len(set(game_ids)):
        raise NotFound("game_not_found", N_("There is no such game."))
    return found


def _set_state(ids: Sequence[int], state: GameState, code: AuditCode, *, actor: Actor, at: datetime) -> None:
    if not ids:
        return
    changed = update(Game).where(Game.id.in_(ids)).values(state=state, updated_at=at, version=Game.version + 1)
    db.session.execute(changed.execution_options(synchronize_session=False))
    named = select(Game.id, Game.title, literal("{}")).where(Game.id.in_(ids)).order_by(Game.id)
    audit.record_selected(code, "game", named, actor=actor, at=at)
    db.session.expire_all()
    raised(Published.CATALOGUE)
