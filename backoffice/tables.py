"""Tables: Flask-Admin's contract for rows that come from elsewhere, filled once by calls of the shop."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask import abort, flash, redirect, request
from flask_admin import expose
from flask_admin.model import BaseModelView
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.fields import HiddenField

from backoffice import conflicts
from backoffice.base import Guarded, now, number_in
from backoffice.exports import csv_answer
from backoffice.forms import EmptyForm
from backoffice.lists import Column, Filter, ListState, View, pager, read_state
from backoffice.values import told
from shop.audit.queries import entries_since, last_entry_id
from shop.audit.rules import Actor
from shop.db import in_transaction
from shop.errors import N_, Conflict
from shop.once import answered
from shop.paging import Page, Place
from web.accounts import current_actor

ADDED = N_("“%(name)s” is added.")
SAVED = N_("“%(name)s” is saved.")
DELETED = N_("It is deleted.")
MOST_CHOSEN = 2_000
TOO_MANY_CHOSEN = N_("At most 2 000 rows are done at once. Narrow the list down.")


class Table(Guarded, BaseModelView):
    """A list of rows with its forms. Rows come from a query of the shop, changes go to its operations.

    A screen says what it lists (`rows`, `row`) and what its forms do (`add`, `change`, `remove`); the pages and the
    order of things are written here.
    """

    list_template = "backoffice/list.html"
    create_template = "backoffice/simple_form.html"
    edit_template = "backoffice/simple_form.html"
    reading_template = "backoffice/reading.html"
    columns: ClassVar[Sequence[Column]] = ()
    row_template = ""
    filters: ClassVar[Sequence[Filter]] = ()
    searches = ""
    first_sort = ""
    other_sorts: ClassVar[Sequence[str]] = ()
    page_size = 25
    dense = False
    empty = ""
    add_label = ""
    new_heading = ""
    form_class: type[Any] = EmptyForm
    new_form_class: type[Any] | None = None
    export_header: ClassVar[Sequence[str]] = ()

    # What a screen says of itself

    def rows(self, state: ListState) -> Page[Any]:
        """One page of rows: one query of the shop."""
        raise NotImplementedError(type(self).__name__)

    def row(self, row_id: int) -> Any:
        """What the form of one row shows: one query of the shop. Raises NotFound."""
        raise NotImplementedError(type(self).__name__)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """What the rows' template needs beside the rows."""
        return {}

    def views(self) -> Sequence[View]:
        """The list as it is looked at most often: tabs above it, the first of which has no filter."""
        return ()

    def found(self, state: ListState, most: int) -> Sequence[int]:
        """The ids of all rows that the list finds, on all its pages; at most so many."""
        abort(400)

    def beside_form(self, form: Any, model: Any) -> dict[str, Any]:
        """What the form's template needs beside the form; `model` is None for a new row."""
        return {"heading": self.name_of(model) if model else gettext(self.new_heading or self.add_label)}

    def exported_header(self) -> Sequence[str]:
        """The names of the file's columns, in the language of the request."""
        return [gettext(name) for name in self.export_header]

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """All rows for the CSV file."""
        abort(404)

    def read(self, model: Any) -> dict[str, Any]:
        """What the reading page of a row shows: its fields in words."""
        return {"heading": self.name_of(model), "facts": told(self.form_of(model))}

    def first_data(self) -> Mapping[str, Any]:
        """What the form of a new row holds at first."""
        return {}

    def form_data(self, model: Any) -> Mapping[str, Any]:
        """What the form of a row holds at first."""
        return {name: getattr(model, name) for name in ("version", "name") if hasattr(model, name)}

    def name_of(self, model: Any) -> str:
        """What a row is called."""
        return str(model.name)

    def doubtful(self, form: Any, besides: int | None) -> bool:
        """Whether to ask once more before saving."""
        return False

    def version_of(self, model: Any) -> int:
        """The version of a row."""
        return int(model.version)

    def subjects(self, model: Any) -> Sequence[tuple[str, int]]:
        """What the audit calls a row, its kind and id, and after it whatever else is changed with its form."""
        return [(model.__tablename__, model.id)]

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Any:
        """The operation that makes a row; hands the row back."""
        raise NotImplementedError(type(self).__name__)

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Any:
        """The operation that changes a row."""
        raise NotImplementedError(type(self).__name__)

    def remove(self, row_id: int, *, actor: Actor, at: datetime) -> None:
        """The operation that deletes a row."""
        raise NotImplementedError(type(self).__name__)

    # Flask-Admin's contract

    def scaffold_list_columns(self) -> list[str]:
        """The columns' names."""
        return [column.label for column in self.columns]

    def scaffold_sortable_columns(self) -> dict[Any, Any]:
        """What rows can be sorted by, by its name in the address."""
        named = {column.sort for column in self.columns if column.sort} | set(self.other_sorts)
        return {name: name for name in named}

    def scaffold_form(self) -> Any:
        """Each screen names its form; none is made from a model."""
        return self.form_class

    def get_create_form(self) -> Any:
        """The form of a new row."""
        return self.new_form_class or self.form_class

    def create_form(self, obj: Any = None) -> Any:
        """The form of a new row, as it was sent or as it is at first."""
        return self._create_form_class(data=self.first_data())

    def edit_form(self, obj: Any = None) -> Any:
        """The form of a row, as it was sent or as it is at first."""
        return self.form_of(obj, conflicts.sent())

    def form_of(self, model: Any, typed: Any = None) -> Any:
        """The form of a row as it is stored, or with what was typed."""
        return self._edit_form_class(formdata=typed, data=self.form_data(model))

    def get_pk_value(self, model: Any) -> Any:
        """The id of a row."""
        return model.id

    def get_list(
        self,
        page: Any,
        sort_column: Any,
        sort_desc: Any,
        search: Any,
        filters: Any,
        page_size: int | None = None,
    ) -> tuple[int | None, Any]:
        """How many rows there are, None when more than are counted, and one page of them; `page` is a Place."""
        place = page if isinstance(page, Place) else Place(page or 0)
        shown = self.rows(ListState(search or "", filters or {}, sort_column or "", bool(sort_desc), place))
        return None if shown.more else shown.total, shown

    def get_one(self, id: Any) -> Any:
        """The row that the address names. Raises NotFound."""
        return self.row(number_in(str(id)) or 0)

    def create_model(self, form: Any) -> Any:
        """Make a row once, however often its form is sent; the row, or False when the shop refused."""
        actor, at = current_actor(), now()
        made = self.attempt(
            form,
            lambda: answered(
                form.key.data,
                lambda: int(self.get_pk_value(self.add(form, actor=actor, at=at))),
                kind=f"{self.endpoint}.add",
                asked=_asked(form),
                actor=actor,
                at=at,
            ),
        )
        return False if made is None else self.get_one(made)

    def update_model(self, form: Any, model: Any) -> bool:
        """Change a row; False when the shop refused."""
        row_id, actor, at = self.get_pk_value(model), current_actor(), now()
        return self.attempt(form, lambda: (self.change(row_id, form, actor=actor, at=at),)) is not None

    def delete_model(self, model: Any) -> bool:
        """Delete a row."""
        row_id, actor, at = self.get_pk_value(model), current_actor(), now()
        in_transaction(lambda: self.remove(row_id, actor=actor, at=at))
        return True

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        """Where one is led after saving: the list."""
        return self.get_url(".index_view")

    def is_action_allowed(self, name: str) -> bool:
        """A bulk action needs the permission named for it."""
        return self.opens(f"action:{name}")

    @property
    def can_create(self) -> bool:
        """Whether the signed-in person may add a row."""
        return self.opens("create_view")

    @property
    def can_edit(self) -> bool:
        """Whether the signed-in person may change a row."""
        return self.opens("edit_view", "POST")

    @property
    def can_delete(self) -> bool:
        """Whether the signed-in person may delete a row."""
        return self.opens("delete_view", "POST")

    # The pages

    @expose("/")
    def index_view(self) -> str:
        """The list."""
        state = self.state()
        count, page = self.get_list(
            state.place, state.sort, state.down, state.search, state.filters, page_size=self.page_size
        )
        actions, confirmations = self.get_actions_list()
        return str(
            self.render(
                self.list_template,
                count=count,
                page=page,
                state=state,
                pager=pager(page, state.address),
                actions=actions,
                confirmations=confirmations,
                chips=self._chips(state),
                MOST_CHOSEN=MOST_CHOSEN,
                **self.beside(page),
            )
        )

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Response | str:
        """Add a row, in a dialog or on a page of its own."""
        form = self.create_form()
        if self.validate_form(form) and not self.doubtful(form, None):
            made = self.create_model(form)
            if made:
                flash(gettext(ADDED, name=self.name_of(made)), "ok")
                return redirect(self.get_save_return_url(made, is_created=True), 303)
        template = self.create_modal_template if request.args.get("modal") else self.create_template
        return str(self.render(template, form=form, model=None, **self.beside_form(form, None)))

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Response | str:
        """Change a row, in a dialog or on a page of its own; who may not change it reads it."""
        model = self.get_one(request.args.get("id", ""))
        if not self.can_edit:
            return str(self.render(self.reading_template, **self.read(model)))
        form, row_id = self.edit_form(model), self.get_pk_value(model)
        right = self.validate_form(form) and conflicts.decided(form) and not self.doubtful(form, row_id)
        if right and self.update_model(form, model):
            model = self.get_one(row_id)
            flash(gettext(SAVED, name=self.name_of(model)), "ok")
            return redirect(self.get_save_return_url(model), 303)
        model = self.compared(form, model)
        template = self.edit_modal_template if request.args.get("modal") else self.edit_template
        return str(self.render(template, form=form, model=model, **self.beside_form(form, model)))

    @expose("/delete/", methods=("POST",))
    def delete_view(self) -> Response:
        """Delete a row."""
        self.delete_model(self.get_one(request.form.get("id", "")))
        flash(gettext(DELETED), "ok")
        return redirect(self.back(), 303)

    @expose("/action/", methods=("POST",))
    def action_view(self) -> Response | str:
        """Do one thing with all rows that were chosen."""
        name = request.form.get("action", "")
        if name not in self._actions_data:
            abort(400)
        if not self.is_action_allowed(name):
            abort(403)
        answer: Response | str | None = self._actions_data[name][0](self._chosen())
        return answer or redirect(self.back(), 303)

    def _chosen(self) -> list[int]:
        """The rows that were ticked, or all that the list finds. Raises Conflict when nothing or too much is chosen."""
        if request.form.get("all") == "1":
            ids = list(self.found(self.state(), MOST_CHOSEN + 1))
        else:
            ids = [each for each in map(number_in, request.form.getlist("rowid")) if each]
        if len(ids) > MOST_CHOSEN:
            raise Conflict("too_many_chosen", TOO_MANY_CHOSEN)
        if not ids:
            raise Conflict("nothing_chosen", N_("Choose at least one row."))
        return ids

    @expose("/export/<export_type>/")
    def export(self, export_type: str) -> Response:
        """The list as a CSV file, with the filters of the address."""
        if export_type != "csv":
            abort(404)
        return csv_answer(self.title, self.exported_header(), self.exported(self.state()))

    def state(self) -> ListState:
        """What the address says of the list."""
        return read_state(filters=self.filters, sorts=set(self._sortable_columns))

    def compared(self, form: Any, model: Any) -> Any:
        """The row as it is stored now; what others made of it meanwhile is laid into the form.

        Who has been told of it gets the present version: to save again is then a choice.
        """
        if "seen" not in form:
            return model
        if not form.is_submitted():
            conflicts.remember(form, form, entry_id=last_entry_id())
            return model
        stored = self.get_one(self.get_pk_value(model))
        if form.version.data == self.version_of(stored):
            conflicts.show(form)
            return stored
        subjects, since = self.subjects(stored), form.seen_entry.data or 0
        between = entries_since(subjects, entry_id=since, permissions=current_user.permissions)
        as_stored = self.form_of(stored)
        conflicts.meet(form, as_stored, between, subject=subjects[0])
        conflicts.remember(form, as_stored, entry_id=last_entry_id())
        form.version.data = self.version_of(stored)
        return stored

    def _chips(self, state: ListState) -> list[tuple[str, str, str]]:
        """The filters in force: label, value in words, and the address without it."""
        chips = []
        for each in self.filters:
            value = state.filters.get(each.name)
            if value:
                words = each.in_words(value)
                if words is None:  # no choice of ours: it narrows nothing
                    continue
                chips.append((gettext(each.label), str(words), state.address(**{each.name: None})))
        return chips


def _asked(form: Any) -> dict[str, Any]:
    """What was typed, without what travels unseen, and without passwords: a fingerprint of them could be guessed."""
    return {field.name: field.data for field in form if not isinstance(field, HiddenField | PasswordField)}
