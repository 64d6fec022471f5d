"""Adding and changing games, hiding and showing them again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Category, Game, Mechanic, Publisher
from shop.catalog.operations.editions import save_edition
from shop.catalog.operations.finding import refresh_finding, refresh_price_from
from shop.catalog.operations.rows import flush_or_conflict, found, free_slug
from shop.catalog.operations.words import designers_named
from shop.catalog.rules.checks import check_game
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Conflict, Invalid, at_row

SLUG_TAKEN = N_("Somebody has just added a game with this title.")
BGG_ID_TAKEN = N_("Another game has this BoardGameGeek id already.")
_PLAIN = (
    "title",
    "title_original",
    "publisher_id",
    "year",
    "min_players",
    "max_players",
    "best_players",
    "min_minutes",
    "max_minutes",
    "min_age",
    "weight",
    "description",
    "bgg_id",
    "is_expansion",
    "base_game_id",
)


def add_game(facts: GameFacts, editions: Sequence[EditionFacts] = (), *, actor: Actor, at: datetime) -> Game:
    """A new game with its editions. Raises Invalid, and Conflict when an id, SKU or barcode is taken."""
    facts = check_game(facts)
    _check_links(facts, game_id=None)
    game = Game(slug=free_slug(Game, facts.title), sort_key=sort_key(facts.title), created_at=at, updated_at=at)
    _fill(game, facts)
    db.session.add(game)
    flush_or_conflict({"slug": SLUG_TAKEN, "bgg_id": BGG_ID_TAKEN})
    audit.record(AuditCode.GAME_ADDED, subject(game), actor=actor, at=at, changes=changes({}, _named(game)))
    _save_editions(game, editions, actor=actor, at=at)
    _settle(game)
    return game


def change_game(
    game_id: int,
    facts: GameFacts,
    editions: Sequence[EditionFacts] = (),
    *,
    version: int,
    actor: Actor,
    at: datetime,
) -> Game:
    """Other facts for a game and for those of its editions that are given. Its address stays.

    `version` is the one that the person saw. Raises NotFound, Invalid, Conflict.
    """
    game = found(Game, game_id, version=version)
    facts = check_game(facts)
    _check_links(facts, game_id=game_id)
    before = _named(game)
    _fill(game, facts)
    game.updated_at = at
    flush_or_conflict({"bgg_id": BGG_ID_TAKEN})
    changed = changes(before, _named(game))
    if changed:
        audit.record(AuditCode.GAME_CHANGED, subject(game), actor=actor, at=at, changes=changed)
    _save_editions(game, editions, actor=actor, at=at)
    _settle(game)
    return game


def archive_game(game_id: int, *, actor: Actor, at: datetime) -> Game:
    """Hide a game from the storefront and from what is on sale; its history stays. Raises NotFound."""
    game = found(Game, game_id)
    if game.archived_at is None:
        game.archived_at = game.updated_at = at
        audit.record(AuditCode.GAME_ARCHIVED, subject(game), actor=actor, at=at)
        db.session.flush()
    return game


def restore_game(game_id: int, *, actor: Actor, at: datetime) -> Game:
    """Show a hidden game again. Raises NotFound."""
    game = found(Game, game_id)
    if game.archived_at is not None:
        game.archived_at, game.updated_at = None, at
        audit.record(AuditCode.GAME_RESTORED, subject(game), actor=actor, at=at)
        db.session.flush()
    return game


def archive_games(game_ids: Sequence[int], *, actor: Actor, at: datetime) -> list[Game]:
    """Hide several games in one deed. Raises NotFound when one isn't there, and hides none then."""
    return [archive_game(game_id, actor=actor, at=at) for game_id in sorted(set(game_ids))]


def restore_games(game_ids: Sequence[int], *, actor: Actor, at: datetime) -> list[Game]:
    """Show several hidden games again in one deed. Raises NotFound when one isn't there."""
    return [restore_game(game_id, actor=actor, at=at) for game_id in sorted(set(game_ids))]


def subject(game: Game) -> Subject:
    """The game as the audit names it."""
    return Subject("game", game.id, game.title)


def _save_editions(game: Game, editions: Sequence[EditionFacts], *, actor: Actor, at: datetime) -> None:
    for place, facts in enumerate(editions):
        with at_row("editions", place):
            save_edition(game, facts, actor=actor, at=at)


def _settle(game: Game) -> None:
    refresh_finding(game)
    refresh_price_from(game)
    db.session.flush()


def _fill(game: Game, facts: GameFacts) -> None:
    designers = designers_named(facts.designers)  # first: it sends what is pending in a savepoint of its own
    for name in _PLAIN:
        setattr(game, name, getattr(facts, name))
    game.categories = _chosen(Category, facts.category_ids)
    game.mechanics = _chosen(Mechanic, facts.mechanic_ids)
    game.designers = designers


def _chosen(table: type[Any], ids: frozenset[int]) -> list[Any]:
    return list(db.session.scalars(select(table).where(table.id.in_(ids)).order_by(table.sort_key))) if ids else []


def _named(game: Game) -> dict[str, object]:
    """The facts as the audit writes them: names of people and things instead of numbers."""
    values: dict[str, object] = {name: getattr(game, name) for name in _PLAIN if not name.endswith("_id")}
    publisher = db.session.get(Publisher, game.publisher_id) if game.publisher_id else None
    base = db.session.get(Game, game.base_game_id) if game.base_game_id else None
    return values | {
        "bgg_id": game.bgg_id,
        "publisher": publisher.name if publisher else None,
        "base_game": base.title if base else None,
        "categories": sorted(category.name for category in game.categories),
        "mechanics": sorted(mechanic.name for mechanic in game.mechanics),
        "designers": sorted(designer.name for designer in game.designers),
    }


def _check_links(facts: GameFacts, *, game_id: int | None) -> None:
    if facts.publisher_id is not None and db.session.get(Publisher, facts.publisher_id) is None:
        raise Invalid("publisher_unknown", N_("There is no such publisher."), field="publisher_id")
    if facts.bgg_id is not None:
        other = db.session.scalar(select(Game).where(Game.bgg_id == facts.bgg_id, Game.id != (game_id or 0)))
        if other is not None:
            text = N_("“%(title)s” has this BoardGameGeek id already.")
            raise Conflict("bgg_id_taken", text, field="bgg_id", title=other.title)
    if facts.base_game_id is not None:
        base = db.session.get(Game, facts.base_game_id)
        if base is None or base.id == game_id or base.is_expansion:
            raise Invalid("base_game_wrong", N_("Choose a game that is not an expansion itself."), field="base_game_id")
