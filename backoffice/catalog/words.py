"""What the reference lists share: a list whose rows are edited in a dialog over it."""

from typing import Any

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from backoffice.base import number_in
from backoffice.fields import NumberField, Required
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.catalog.queries.vocabulary import row_by_id
from shop.db import transaction
from shop.errors import N_


class NameForm(FlaskForm):
    """The name of a publisher."""

    version = NumberField()
    name = StringField(_l("Name"), [Required()])
    sure = HiddenField()


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
    list_template = "backoffice/catalog/words.html"
    row_template = "backoffice/catalog/words_rows.html"
    searches = N_("Name")
    page_size = 50
    form_class: type[NameForm] = NameForm
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
        return row_by_id(self.model, number_in(request.args.get("id", "")) or 0)

    def _form_page(self, form: NameForm, title: str, word_id: str) -> str:
        template = "backoffice/catalog/dialog.html" if request.args.get("modal") else "backoffice/catalog/word.html"
        return str(self.render(template, form=form, form_title=title, word_id=word_id))
