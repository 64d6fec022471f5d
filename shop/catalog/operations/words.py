"""Adding, renaming and removing categories and mechanics."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table

from shop.audit import operations as audit
from shop.audit.rules import Actor, AuditCode, Subject, changes
from shop.catalog.models import Category, Mechanic
from shop.catalog.models.games import game_category, game_mechanic
from shop.catalog.operations.names import NAME_TAKEN, checked_name, delete_unused, free_slug
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Invalid
from shop.rows import flush_or_conflict, held
from shop.versions import Published, raised


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
    raised(Published.MENU)
    return word


def rename_word(
    words: Vocabulary, word_id: int, name: str, *, name_en: str, version: int, actor: Actor, at: datetime
) -> Category | Mechanic:
    """Other names for a word; its address stays. Raises NotFound, Invalid, Conflict."""
    word = held(words.table, word_id, version=version)
    before = {"name": word.name, "name_en": word.name_en}
    word.name = checked_name(name, words.table, besides=word_id)
    word.name_en = checked_english(name_en) or word.name
    word.sort_key = sort_key(word.name)
    flush_or_conflict({"name": NAME_TAKEN})
    changed = changes(before, {"name": word.name, "name_en": word.name_en})
    audit.record(words.changed, Subject(words.noun, word.id, word.name), actor=actor, at=at, changes=changed)
    raised(Published.CATALOGUE, Published.MENU)
    return word


def remove_word(words: Vocabulary, word_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a word that no game has. Raises NotFound, Conflict."""
    word = held(words.table, word_id, fully=True)
    audit.record(words.removed, Subject(words.noun, word.id, word.name), actor=actor, at=at)
    delete_unused(word, words.used_by(word_id))
    raised(Published.MENU)


def checked_english(name: str) -> str:
    """An English name with single spaces, empty when there is none. Raises Invalid when it is too long."""
    name = " ".join(name.split())
    if len(name) > 80:
        raise Invalid("name_too_long", N_("The name is longer than %(longest)d letters."), field="name_en", longest=80)
    return name
