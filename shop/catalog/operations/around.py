"""What stands around a game that is being saved: its words and people by name, and who has its codes already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, false, literal, select, true, union_all

from shop.catalog.models import Category, Designer, Edition, EditionCode, Game, Mechanic, Publisher
from shop.catalog.models.games import LINKS
from shop.catalog.rules.facts import EditionFacts, GameFacts, sku_stem
from shop.catalog.rules.spelling import slug, sort_key
from shop.db import db

_NO_CODE, _NO = literal(""), false()
TRIES = 20
"""So many made-up SKUs are looked at for one that is free."""


@dataclass(frozen=True)
class Around:
    """Names by id for each kind of thing, the ids that the game is linked to, and codes with the title that has them.

    `taken` is {(column, code): (edition id, title of its game)}; `bases` are the games that are no expansions.
    """

    names: dict[str, dict[int, str]] = field(default_factory=dict)
    linked: dict[str, set[int]] = field(default_factory=dict)
    taken: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    bases: set[int] = field(default_factory=set)
    bgg_title: str = ""
    slugs: set[str] = field(default_factory=set)

    def names_of(self, kind: str, ids: set[int]) -> list[str]:
        """The names of some ids in Ukrainian order; unknown ids are left out."""
        return sorted((self.names[kind][each] for each in ids if each in self.names[kind]), key=sort_key)

    def name_of(self, kind: str, row_id: int | None) -> str | None:
        """One name; None for no id."""
        return None if row_id is None else self.names[kind].get(row_id)


def look_around(game: Game | None, facts: GameFacts, editions: Sequence[EditionFacts]) -> Around:
    """All of it in one statement; `game` is the stored one, None for a new one."""
    kinds = (*LINKS, "publisher", "base_game")
    around = Around({kind: {} for kind in kinds}, {kind: set() for kind in LINKS})
    bgg_title = ""
    for kind, row_id, name, code, flag in db.session.execute(union_all(*_parts(game, facts, editions))):
        if kind in ("sku", "ean13"):
            around.taken[kind, code] = (row_id, name)
        elif kind == "slug":
            around.slugs.add(code)
        elif kind == "bgg_id":
            bgg_title = name
        else:
            around.names[kind][row_id] = name
            if kind in LINKS and flag:
                around.linked[kind].add(row_id)
            if kind == "base_game" and not flag:
                around.bases.add(row_id)
    return Around(around.names, around.linked, around.taken, around.bases, bgg_title, around.slugs)


def _parts(game: Game | None, facts: GameFacts, editions: Sequence[EditionFacts]) -> Iterator[Select[Any]]:
    game_id = game.id if game else 0
    wanted: dict[str, Any] = {
        "categories": Category.id.in_(facts.category_ids),
        "mechanics": Mechanic.id.in_(facts.mechanic_ids),
        "designers": Designer.name.in_(facts.designers),
    }
    for kind, (table, link) in LINKS.items():
        noun = table.__tablename__
        linked = select(link.c[f"{noun}_id"]).where(link.c.game_id == game_id)
        yield _part(kind, table.id, table.name).where(wanted[kind], table.id.not_in(linked))
        yield (
            _part(kind, table.id, table.name, flag=true())
            .join(link, link.c[f"{noun}_id"] == table.id)
            .where(link.c.game_id == game_id)
        )
    publishers = {facts.publisher_id, game.publisher_id if game else None} - {None}
    yield _part("publisher", Publisher.id, Publisher.name).where(Publisher.id.in_(publishers))
    bases = {facts.base_game_id, game.base_game_id if game else None} - {None}
    yield _part("base_game", Game.id, Game.title, flag=Game.is_expansion).where(Game.id.in_(bases))
    if facts.bgg_id is not None:
        yield _part("bgg_id", Game.id, Game.title).where(Game.bgg_id == facts.bgg_id, Game.id != game_id)
    if game is None:
        stem = slug(facts.title)
        yield _part("slug", Game.id, Game.title, code=Game.slug).where(Game.slug.startswith(stem, autoescape=True))
    yield from _codes(game_id, editions)


def _codes(game_id: int, editions: Sequence[EditionFacts]) -> Iterator[Select[Any]]:
    """Who has the SKUs and barcodes that are given, and the SKUs that would be made up."""
    skus = {each.sku for each in editions if each.sku}
    if game_id:
        stems = {sku_stem(game_id, each.language, each.condition) for each in editions if not each.sku}
        skus |= {made for stem in stems for made in made_up(stem)}
    for column, codes in (("sku", skus), ("ean13", {each.ean13 for each in editions if each.ean13})):
        if codes:
            yield from _owners(column, codes)


def _owners(kind: str, codes: set[str]) -> Iterator[Select[Any]]:
    """Whose SKU, barcode or code beside these some codes are: a scan doesn't say which of the three it reads."""
    for code in (Edition.sku, Edition.ean13):
        part = _part(kind, Edition.id, Game.title, code=code).join(Game, Game.id == Edition.game_id)
        yield part.where(code.in_(codes))
    part = _part(kind, EditionCode.edition_id, Game.title, code=EditionCode.code)
    part = part.join(Edition, Edition.id == EditionCode.edition_id).join(Game, Game.id == Edition.game_id)
    yield part.where(EditionCode.code.in_(codes))


def made_up(stem: str) -> Iterator[str]:
    """SKUs of one stem in the order in which they are tried."""
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, TRIES + 1))


def _part(kind: str, row_id: Any, name: Any, *, code: Any = _NO_CODE, flag: Any = _NO) -> Select[Any]:
    return select(literal(kind).label("kind"), row_id, name, code.label("code"), flag.label("flag"))
