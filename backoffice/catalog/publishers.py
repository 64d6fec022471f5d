"""Publishers; a name that looks like one that is there needs a second yes."""

from typing import Any

from flask import jsonify, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import now
from backoffice.catalog.words import NameForm, Words
from backoffice.tables import Column, ListState
from shop.accounts.rules import Permission
from shop.catalog.models import Publisher
from shop.catalog.operations import publishers as publisher_deeds
from shop.catalog.queries import publishers
from shop.db import transaction
from shop.errors import N_
from shop.paging import Page
from web.accounts import current_actor


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
        return publishers.listed_publishers(state.search, number=state.page, size=self.page_size)

    def beside(self, page: Page[Publisher]) -> dict[str, Any]:
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
        found_ones = publishers.publishers_named(request.args.get("q", "")[:100], limit=20)
        return jsonify([{"id": each.id, "text": each.name} for each in found_ones])

    @expose("/lookup/", methods=("POST",))
    def lookup_add(self) -> tuple[Response, int]:
        """Add a publisher from another form; a name close to another one is refused there."""
        name = request.form.get("name", "")
        similar = publishers.similar_publishers(name)
        if similar:
            names = ", ".join(each.name for each in similar[:3])
            return jsonify(detail=gettext("There is a name like this already: %(names)s.", names=names)), 409
        with transaction():
            publisher = publisher_deeds.add_publisher(name, actor=current_actor(), at=now())
            answer = {"id": publisher.id, "text": publisher.name}
        return jsonify(answer), 201
