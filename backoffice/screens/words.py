"""The reference lists: publishers, categories, mechanics; edited in a dialog over the list."""

from typing import Any

from flask import flash, jsonify, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from backoffice.base import now, number_in
from backoffice.forms.fields import NumberField, Required
from backoffice.tables import Column, ListState, Table
from shop.accounts.rules import Permission
from shop.catalog.models import Publisher
from shop.catalog.operations import publishers as publisher_deeds
from shop.catalog.operations import words as word_deeds
from shop.catalog.operations.words import CATEGORIES, MECHANICS, Vocabulary
from shop.catalog.queries import finding, lists
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor


class NameForm(FlaskForm):
    """The name of a publisher."""

    version = NumberField()
    name = StringField(_l("Name"), [Required()])
    sure = HiddenField()


class WordForm(NameForm):
    """The names of a category or a mechanic."""

    name = StringField(_l("Name in Ukrainian"), [Required()])
    name_en = StringField(_l("Name in English"))


class Words(Table):
    """A reference list."""

    section = "catalog"
    permissions = {
        "index_view": Permission.CATALOG_READ,
        "create_view": Permission.CATALOG_WRITE,
        "edit_view": Permission.CATALOG_WRITE,
        "delete_view": Permission.CATALOG_WRITE,
        "lookup": Permission.CATALOG_READ,
    }
    create_modal = True
    list_template = "backoffice/words.html"
    row_template = "backoffice/rows/words.html"
    searches = N_("Name")
    page_size = 50
    form_class: type[NameForm] = WordForm
    games_filter = ""

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str:
        """Add one, in a dialog or on a page of its own."""
        form = self.form_class()
        if form.validate_on_submit() and not self.doubtful(form, None):
            added = self.attempt(form, lambda: self.add(form))
            if added is not None:
                flash(gettext("“%(name)s” is added.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
        return self._form_page(form, gettext(self.add_label), "")

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Response | str:
        """Rename one."""
        word = self._word()
        form = self.form_class(
            data={"version": word.version, "name": word.name, "name_en": getattr(word, "name_en", "")}
        )
        if form.validate_on_submit() and not self.doubtful(form, word.id):
            renamed = self.attempt(form, lambda: self.rename(word.id, form))
            if renamed is not None:
                flash(gettext("“%(name)s” is saved.", name=form.name.data), "ok")
                return redirect(self.get_url(".index_view"), 303)
            form.version.data = self._word().version
        return self._form_page(form, word.name, str(word.id))

    @expose("/delete/", methods=("POST",))
    def delete_view(self) -> Response:
        """Delete one that no game uses."""
        word_id = number_in(request.form.get("id", "")) or 0
        with transaction():
            self.remove(word_id)
        flash(gettext("It is deleted."), "ok")
        return redirect(self.get_url(".index_view"), 303)

    def doubtful(self, form: Any, besides: int | None) -> bool:
        """Whether to ask once more before saving."""
        return False

    def add(self, form: Any) -> Any:
        """The operation that adds one."""
        raise NotImplementedError(type(self).__name__)

    def rename(self, word_id: int, form: Any) -> Any:
        """The operation that renames one."""
        raise NotImplementedError(type(self).__name__)

    def remove(self, word_id: int) -> None:
        """The operation that deletes one."""
        raise NotImplementedError(type(self).__name__)

    def _word(self) -> Any:
        return lists.row_by_id(self.model, number_in(request.args.get("id", "")) or 0)

    def _form_page(self, form: NameForm, title: str, word_id: str) -> str:
        template = "backoffice/dialog.html" if request.args.get("modal") else "backoffice/word.html"
        return str(self.render(template, form=form, form_title=title, word_id=word_id))


class Publishers(Words):
    """Publishers; a name that looks like one that is there needs a second yes."""

    title = N_("Publishers")
    permissions = Words.permissions | {"lookup_add": Permission.CATALOG_WRITE}
    columns = (Column(N_("Name")), Column(N_("Games"), css="num"), Column(""))
    add_label = N_("Add a publisher")
    empty = N_("No publisher is called that.")
    form_class = NameForm
    games_filter = "publisher"

    def rows(self, state: ListState) -> Page[Publisher]:
        """One page of publishers."""
        return lists.publishers(state.search, number=state.page, size=self.page_size)

    def beside(self, page: Page[Publisher]) -> dict[str, Any]:
        """How many games each has."""
        return {"games": lists.games_of_publishers([publisher.id for publisher in page.rows])}

    def doubtful(self, form: Any, besides: int | None) -> bool:
        """A name close to another publisher's is asked about once."""
        name = " ".join((form.name.data or "").split())
        similar = [each.name for each in lists.similar_publishers(name, besides=besides) if each.name != name]
        if not similar or form.sure.data == name:
            return False
        form.sure.data = name
        names = ", ".join(similar[:5])
        text = N_("There is a name like this already: %(names)s. Save again if it is another company.")
        form.form_errors.append(gettext(text, names=names))
        return True

    def add(self, form: Any) -> Publisher:
        """Add a publisher."""
        return publisher_deeds.add_publisher(form.name.data, actor=current_actor(), at=now())

    def rename(self, word_id: int, form: Any) -> Publisher:
        """Rename a publisher."""
        return publisher_deeds.rename_publisher(
            word_id, form.name.data, version=form.version.data, actor=current_actor(), at=now()
        )

    def remove(self, word_id: int) -> None:
        """Delete a publisher."""
        publisher_deeds.remove_publisher(word_id, actor=current_actor(), at=now())

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Publishers whose words begin with what was typed."""
        found_ones = finding.publishers_named(request.args.get("q", "")[:100], limit=20)
        return jsonify([{"id": each.id, "text": each.name} for each in found_ones])

    @expose("/lookup/", methods=("POST",))
    def lookup_add(self) -> tuple[Response, int]:
        """Add a publisher from another form; a name close to another one is refused there."""
        name = request.form.get("name", "")
        similar = lists.similar_publishers(name)
        if similar:
            names = ", ".join(each.name for each in similar[:3])
            return jsonify(detail=gettext("There is a name like this already: %(names)s.", names=names)), 409
        with transaction():
            publisher = publisher_deeds.add_publisher(name, actor=current_actor(), at=now())
            answer = {"id": publisher.id, "text": publisher.name}
        return jsonify(answer), 201


class Vocabularies(Words):
    """Categories or mechanics."""

    vocabulary: Vocabulary
    columns = (
        Column(N_("Name in Ukrainian")),
        Column(N_("Name in English")),
        Column(N_("Games"), css="num"),
        Column(""),
    )

    def rows(self, state: ListState) -> Page[Any]:
        """One page of words."""
        return lists.words(self.vocabulary.table, state.search, number=state.page, size=self.page_size)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """How many games have each."""
        return {"games": lists.games_of_words(self.vocabulary.table, [word.id for word in page.rows])}

    def add(self, form: Any) -> Any:
        """Add a word."""
        return word_deeds.add_word(
            self.vocabulary, form.name.data, name_en=form.name_en.data or "", actor=current_actor(), at=now()
        )

    def rename(self, word_id: int, form: Any) -> Any:
        """Rename a word."""
        return word_deeds.rename_word(
            self.vocabulary,
            word_id,
            form.name.data,
            name_en=form.name_en.data or "",
            version=form.version.data,
            actor=current_actor(),
            at=now(),
        )

    def remove(self, word_id: int) -> None:
        """Delete a word."""
        word_deeds.remove_word(self.vocabulary, word_id, actor=current_actor(), at=now())

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Words that contain what was typed."""
        page = lists.words(self.vocabulary.table, request.args.get("q", "")[:100], number=0, size=20)
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
