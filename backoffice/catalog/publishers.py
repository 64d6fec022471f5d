"""Publishers; a name that looks like one that is there needs a second yes."""

from datetime import datetime
from typing import Any

from flask import jsonify, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import now
from backoffice.catalog.words import NameForm, Words
from backoffice.forms import typed_key
from backoffice.lists import Column, ListState
from shop.accounts.rules import Permission
from shop.audit.rules import Actor
from shop.catalog.models import Publisher
from shop.catalog.operations import publishers as operations
from shop.catalog.queries import publishers
from shop.db import in_transaction
from shop.errors import N_, Conflict
from shop.once import answered
from shop.paging import Page
from web.accounts import current_actor

ALIKE = N_("There is a name like this already: %(names)s.")


class Publishers(Words):
    """Publishers."""

    title = N_("Publishers")
    permissions = Words.permissions | {"lookup_add": Permission.CATALOG_WRITE}
    columns = (Column(N_("Name")), Column(N_("Games"), css="num"), Column(""))
    add_label = N_("Add a publisher")
    empty = N_("No publisher is called that.")
    form_class = NameForm
    games_filter = "publisher"

    def rows(self, state: ListState) -> Page[Any]:
        """One page of publishers."""
        return publishers.listed_publishers(state.search, place=state.place, size=self.page_size)

    def beside(self, page: Page[Any]) -> dict[str, Any]:
        """How many games each has."""
        return {"games": publishers.games_of_publishers([publisher.id for publisher in page.rows])}

    def doubtful(self, form: Any, besides: int | None) -> bool:
        """A name close to another publisher's is asked about once."""
        name = " ".join((form.name.data or "").split())
        similar = [each.name for each in publishers.similar_publishers(name, besides=besides) if each.name != name]
        if not similar or form.sure.data == name:
            return False
        form.sure.data = name
        names = ", ".join(similar[:5])
        text = N_("There is a name like this already: %(names)s. Save again if it is another company.")
        form.form_errors.append(gettext(text, names=names))
        return True

    def add(self, form: Any, *, actor: Actor, at: datetime) -> Publisher:
        """Add a publisher."""
        return operations.add_publisher(form.name.data, actor=actor, at=at)

    def change(self, row_id: int, form: Any, *, actor: Actor, at: datetime) -> Publisher:
        """Rename a publisher."""
        return operations.rename_publisher(row_id, form.name.data, version=form.version.data, actor=actor, at=at)

    def remove(self, row_id: int, *, actor: Actor, at: datetime) -> None:
        """Delete a publisher."""
        operations.remove_publisher(row_id, actor=actor, at=at)

    @expose("/lookup/")
    def lookup(self) -> Response:
        """Publishers whose words begin with what was typed."""
        found_ones = publishers.publishers_named(request.args.get("q", "")[:100], limit=20)
        return jsonify([{"id": each.id, "text": each.name} for each in found_ones])

    @expose("/lookup/", methods=("POST",))
    def lookup_add(self) -> tuple[Response, int]:
        """Add a publisher from another form, once for a key; a name close to another one is refused there."""
        name, actor, at = request.form.get("name", ""), current_actor(), now()

        def add() -> int:
            similar = publishers.similar_publishers(name)
            if similar:
                raise Conflict("name_alike", ALIKE, names=", ".join(each.name for each in similar[:3]))
            return operations.add_publisher(name, actor=actor, at=at).id

        key = typed_key(request.form.get("key"))
        made = in_transaction(
            lambda: answered(key, add, kind="publishers.lookup_add", asked={"name": name}, actor=actor, at=at)
        )
        return jsonify({"id": made, "text": self.row(made).name}), 201
