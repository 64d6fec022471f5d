"""Adding and changing games."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Designer, Game
from shop.catalog.models.games import LINKS
from shop.catalog.operations.around import Around, look_around
from shop.catalog.operations.editions import (
    StoredEdition,
    checked,
    edition_entries,
    lowest_price,
    save_editions,
    stored_editions,
    write_history,
)
from shop.catalog.operations.finding import change_terms
from shop.catalog.operations.names import refusing
from shop.catalog.operations.publishing import publish_game
from shop.catalog.rules.checks import check_game
from shop.catalog.rules.facts import GAME_FIELDS, EditionFacts, GameFacts
from shop.catalog.rules.spelling import slug, sort_key, terms
from shop.db import db
from shop.errors import N_, Conflict, Invalid
from shop.rows import held, refuse_changed
from shop.versions import Published, raised

SLUG_TAKEN = N_("Somebody has just added a game with this title.")
BGG_ID_TAKEN = N_("Another game has this BoardGameGeek id already.")
PUBLISHER_GONE = N_("The publisher was deleted meanwhile. Choose another one.")
WORD_GONE = N_("What you chose here was deleted meanwhile. Choose again.")
_REFUSED = {
    "slug": ("title", SLUG_TAKEN),
    "bgg_id": ("bgg_id", BGG_ID_TAKEN),
    "publisher_id_publisher": ("publisher_id", PUBLISHER_GONE),
    "category_id_category": ("category_ids", WORD_GONE),
    "mechanic_id_mechanic": ("mechanic_ids", WORD_GONE),
}
_Links = dict[str, set[int]]


def add_game(
    facts: GameFacts, editions: Sequence[EditionFacts] = (), *, publish: bool = False, actor: Actor, at: datetime
) -> Game:
    """A new game with its editions: a draft, or on sale at once with `publish`.

    Raises Invalid, `game_incomplete` when it lacks what is needed to be sold, and Conflict when an id, SKU or barcode
    is taken.
    """
    facts = check_game(facts)
    tidy = checked(editions, {})
    around = look_around(None, facts, tidy)
    links = _checked_links(facts, around, game_id=None)
    game = Game(slug=_free_slug(facts.title, around), sort_key=sort_key(facts.title), created_at=at, updated_at=at)
    _fill(game, facts)
    game.price_from = min((each.price for each in tidy), default=None)
    db.session.add(game)
    with refusing(_REFUSED):
        db.session.flush()
        _link(game.id, links, around)
    told = changes({}, _named(game, links, around))
    saved = save_editions(game, tidy, {}, around, at=at)
    write_history(saved, actor=actor, at=at)
    entry = audit.entry(AuditCode.GAME_ADDED, subject(game), actor=actor, at=at, changes=told)
    audit.record_entries([entry, *edition_entries(game.title, saved, actor=actor, at=at)])
    change_terms([], _terms(game, around, saved.after))
    raised(Published.CATALOGUE)
    return publish_game(game.id, version=game.version, actor=actor, at=at) if publish else game


def change_game(
    game_id: int,
    facts: GameFacts,
    editions: Sequence[EditionFacts] = (),
    *,
    version: int,
    publish: bool = False,
    actor: Actor,
    at: datetime,
) -> Game:
    """Other facts for a game and for those of its editions that are given. Its address stays.

    `version` is the one that the person saw; `publish` puts the game on sale with it. Raises NotFound, Invalid,
    Conflict.
    """
    game, stored = held(Game, game_id), stored_editions(game_id)
    refuse_changed(game, version, parts=[("edition", each) for each in stored])
    facts = check_game(facts)
    tidy = checked(editions, stored)
    around = look_around(game, facts, tidy)
    links = _checked_links(facts, around, game_id=game_id)
    named, found = _named(game, around.linked, around), _terms(game, around, stored)
    _fill(game, facts)
    game.updated_at, game.sort_key = at, sort_key(facts.title)
    with refusing(_REFUSED):
        _link(game_id, links, around)
        saved = save_editions(game, tidy, stored, around, at=at)
        game.price_from = lowest_price(saved.after)
        db.session.flush()
    write_history(saved, actor=actor, at=at)
    entries = edition_entries(game.title, saved, actor=actor, at=at)
    changed = changes(named, _named(game, links, around))
    if changed:
        entries = [audit.entry(AuditCode.GAME_CHANGED, subject(game), actor=actor, at=at, changes=changed), *entries]
    audit.record_entries(entries)
    change_terms(found, _terms(game, around, saved.after))
    raised(Published.CATALOGUE)
    return publish_game(game.id, version=game.version, actor=actor, at=at) if publish else game


def subject(game: Any) -> Subject:
    """The game as the audit names it."""
    return Subject("game", game.id, game.title)


def _fill(game: Game, facts: GameFacts) -> None:
    for name in GAME_FIELDS:
        setattr(game, name, getattr(facts, name))


def _link(game_id: int, links: _Links, around: Around) -> None:
    """Link the game to other words and people where they differ; two statements a kind at most."""
    for kind, (table, link) in LINKS.items():
        column = link.c[f"{table.__tablename__}_id"]
        gone, new = around.linked[kind] - links[kind], links[kind] - around.linked[kind]
        if gone:
            db.session.execute(delete(link).where(link.c.game_id == game_id, column.in_(gone)))
        if new:
            db.session.execute(insert(link), [{"game_id": game_id, column.name: each} for each in sorted(new)])


def _named(game: Game, links: _Links, around: Around) -> dict[str, object]:
    """The facts as the audit writes them: names of people and things instead of numbers."""
    values: dict[str, Any] = {name: getattr(game, name) for name in GAME_FIELDS}
    named = {name: around.name_of(name, values.pop(f"{name}_id")) for name in ("publisher", "base_game")}
    return values | named | {kind: around.names_of(kind, ids) for kind, ids in links.items()}


def _terms(game: Game, around: Around, editions: Mapping[int, StoredEdition]) -> set[tuple[int, str]]:
    publisher = around.name_of("publisher", game.publisher_id) or ""
    codes = [code for each in editions.values() for code in (each.facts.sku, each.facts.ean13)]
    return {(game.id, term) for term in terms(game.title, game.title_original, publisher, *codes)}


def _checked_links(facts: GameFacts, around: Around, *, game_id: int | None) -> _Links:
    """The ids that the game is to be linked to. Raises Invalid and Conflict for what isn't there or is taken."""
    if facts.publisher_id is not None and facts.publisher_id not in around.names["publisher"]:
        raise Invalid("publisher_unknown", N_("There is no such publisher."), field="publisher_id")
    if around.bgg_title:
        text = N_("“%(title)s” has this BoardGameGeek id already.")
        raise Conflict("bgg_id_taken", text, field="bgg_id", title=around.bgg_title)
    if facts.base_game_id is not None and (facts.base_game_id == game_id or facts.base_game_id not in around.bases):
        raise Invalid("base_game_wrong", N_("Choose a game that is not an expansion itself."), field="base_game_id")
    for kind, field in (("categories", "category_ids"), ("mechanics", "mechanic_ids")):
        if not getattr(facts, field) <= set(around.names[kind]):
            raise Conflict(f"{field}_gone", WORD_GONE, field=field)
    designers = _designers(facts.designers, around)
    return {"categories": set(facts.category_ids), "mechanics": set(facts.mechanic_ids), "designers": designers}


def _designers(names: Sequence[str], around: Around) -> set[int]:
    """The ids of the designers of these names, made where they are new; another deed may make the same ones now."""
    known = {name: designer_id for designer_id, name in around.names["designers"].items()}
    missing = sorted(set(names) - set(known))
    if missing:
        make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(make(Designer).on_conflict_do_nothing(), [{"name": name} for name in missing])
        made = select(Designer.id, Designer.name).where(Designer.name.in_(missing))
        around.names["designers"] |= {each.id: each.name for each in db.session.execute(made)}
        known = {name: designer_id for designer_id, name in around.names["designers"].items()}
    return {known[name] for name in names}


def _free_slug(title: str, around: Around) -> str:
    """An address that no other game has: the title in Latin letters, with a number when it is taken."""
    stem = slug(title)
    number, free = 1, stem
    while free in around.slugs:
        number += 1
        free = f"{stem}-{number}"
    return free
