"""Categories and mechanics."""

from datetime import datetime
from typing import Any

from flask import jsonify, request
from flask_admin import expose
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField

from backoffice.catalog.words import NameForm, Words
from backoffice.fields import Required
from backoffice.lists import Column, ListState
from shop.audit.rules import Actor
from shop.catalog.operations import words as word_deeds
from shop.catalog.operations.words import CATEGORIES, MECHANICS, Vocabulary
from shop.catalog.queries.vocabulary import games_of_words, listed_words
from shop.errors import N_
from shop.paging import Page, Place


class WordForm(NameForm):
    """The names of a category or a mechanic."""

    name = StringField(_l("Name in Ukrainian"), [Required()])
    name_en = StringField(_l("Name in English"))


class Vocabularies(Words):
    """Categories or mechanics."""

    vocabulary: Vocabulary
    form_class = WordForm
    columns = (
        Column(N_("Name in Ukrainian")),
        Column(N_("Name in English")),
        Column(N_("Games"), css="num"),
        Column(""),
    )

    def rows(self, state: ListState) -> Page[Any]:
        """One page of words."""
        return listed_words(self.vocabulary.table, state.search, place=state.place, size=self.page_size)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """How many games have each."""
        return {"games": games_of_words(self.vocabulary.table, [word.id for word in page.rows])}

    def form_data(self, model: Any) -> dict[str, Any]:
        """Its names."""
        return {"version": model.version, "name": model.name, "name_en": model.name_en}

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Any:
        """Add a word."""
        return word_deeds.add_word(self.vocabulary, form.name.data, name_en=form.name_en.data or "", actor=actor, at=at)

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Any:
        """Rename a word."""
        return word_deeds.rename_word(
            self.vocabulary,
            row_id,
            form.name.data,
            name_en=form.name_en.data or "",
            version=form.version.data,
            actor=actor,
            at=at,
        )

    def remove(self, row_id: int, *, actor: Actor, at: datetime) -> None:
        """Delete a word."""
        word_deeds.remove_word(self.vocabulary, row_id, actor=actor, at=at)

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Words that contain what was typed."""
        page = listed_words(self.vocabulary.table, request.args.get("q", "")[:100], place=Place(), size=20)
        return jsonify([{"id": word.id, "text": word.name} for word in page.rows])


class Categories(Vocabularies):
    """Categories."""

    title = N_("Categories")
    vocabulary = CATEGORIES
    games_filter = "category"
    add_label = N_("Add a category")
    empty = N_("No category is called that.")


class Mechanics(Vocabularies):
    """Mechanics."""

    title = N_("Mechanics")
    vocabulary = MECHANICS
    games_filter = "mechanic"
    add_label = N_("Add a mechanic")
    empty = N_("No mechanic is called that.")
