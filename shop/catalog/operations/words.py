"""Adding, renaming and removing categories and mechanics, and naming designers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.exc import IntegrityError

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Category, Designer, Mechanic
from shop.catalog.models.games import game_category, game_mechanic
from shop.catalog.operations.rows import (
    NAME_TAKEN,
    checked_name,
    delete_unused,
    flush_or_conflict,
    found,
    free_slug,
    refuse_used,
)
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Invalid


@dataclass(frozen=True)
class Vocabulary:
    """A list of words that games are described by, with the codes that the audit has for it."""

    table: type[Category] | type[Mechanic]
    link: Table
    added: AuditCode
    changed: AuditCode
    removed: AuditCode

    @property
    def noun(self) -> str:
        """The word's kind, as the audit calls it."""
        return self.table.__tablename__

    def used_by(self, word_id: int) -> ColumnElement[bool]:
        """The condition for links of games to one word."""
        return self.link.c[f"{self.noun}_id"] == word_id


CATEGORIES = Vocabulary(
    Category, game_category, AuditCode.CATEGORY_ADDED, AuditCode.CATEGORY_CHANGED, AuditCode.CATEGORY_REMOVED
)
MECHANICS = Vocabulary(
    Mechanic, game_mechanic, AuditCode.MECHANIC_ADDED, AuditCode.MECHANIC_CHANGED, AuditCode.MECHANIC_REMOVED
)


def add_word(words: Vocabulary, name: str, *, name_en: str, actor: Actor, at: datetime) -> Category | Mechanic:
    """A new word with its Ukrainian and English name. Raises Invalid, Conflict when the name is taken."""
    name = checked_name(name, words.table)
    english = checked_english(name_en) or name
    word = words.table(name=name, name_en=english, slug=free_slug(words.table, name), sort_key=sort_key(name))
    db.session.add(word)
    flush_or_conflict({"name": NAME_TAKEN, "slug": NAME_TAKEN})
    audit.record(words.added, Subject(words.noun, word.id, name), actor=actor, at=at)
    return word


def rename_word(
    words: Vocabulary, word_id: int, name: str, *, name_en: str, version: int, actor: Actor, at: datetime
) -> Category | Mechanic:
    """Other names for a word; its address stays. Raises NotFound, Invalid, Conflict."""
    word = found(words.table, word_id, version=version)
    before = {"name": word.name, "name_en": word.name_en}
    word.name = checked_name(name, words.table, besides=word_id)
    word.name_en = checked_english(name_en) or word.name
    word.sort_key = sort_key(word.name)
    flush_or_conflict({"name": NAME_TAKEN})
    changed = changes(before, {"name": word.name, "name_en": word.name_en})
    audit.record(words.changed, Subject(words.noun, word.id, word.name), actor=actor, at=at, changes=changed)
    return word


def remove_word(words: Vocabulary, word_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a word that no game has. Raises NotFound, Conflict."""
    word = found(words.table, word_id)
    refuse_used(words.used_by(word_id))
    audit.record(words.removed, Subject(words.noun, word.id, word.name), actor=actor, at=at)
    delete_unused(word)


def designers_named(names: Sequence[str]) -> list[Designer]:
    """The designers of these names, made where they are new."""
    cleaned = list(dict.fromkeys(" ".join(name.split())[:120] for name in names if name.strip()))
    known = {each.name: each for each in db.session.scalars(select(Designer).where(Designer.name.in_(cleaned)))}
    for name in cleaned:
        if name not in known:
            known[name] = _new_designer(name)
    return [known[name] for name in cleaned]


def checked_english(name: str) -> str:
    """An English name with single spaces, empty when there is none. Raises Invalid when it is too long."""
    name = " ".join(name.split())
    if len(name) > 80:
        raise Invalid("name_too_long", N_("The name is longer than %(longest)d letters."), field="name_en", longest=80)
    return name


def _new_designer(name: str) -> Designer:
    """Another transaction may name the same new designer at this moment; then theirs is used."""
    try:
        with db.session.begin_nested():
            designer = Designer(name=name)
            db.session.add(designer)
        return designer
    except IntegrityError:
        return db.session.scalars(select(Designer).where(Designer.name == name)).one()
