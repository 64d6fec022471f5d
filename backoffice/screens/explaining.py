"""Pages that explain: why a number is what it is, a document with its undoing, the stock on a day, the verification."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from backoffice.base import ANYONE, Guarded, may, now, number_in
from backoffice.forms.deeds import AdjustForm, ReasonForm
from backoffice.forms.fields import EmptyForm
from backoffice.tables import KYIV, day_start
from shop.accounts.rules import Permission
from shop.db import transaction
from shop.errors import N_
from shop.stock.operations import deeds as stock
from shop.stock.operations.verifying import verify
from shop.stock.queries import holdings as queries
from shop.stock.queries.why import why
from shop.stock.rules import MovementKind
from web.accounts import current_actor
from web.labels import choices


class Why(Guarded):
    """«Why is it 47 here?», and setting what was counted."""

    section = "stock"
    title = N_("Why this number")
    permissions = {
        "start": Permission.STOCK_READ,
        "index": Permission.STOCK_READ,
        "adjust": Permission.STOCK_ADJUST,
    }

    @expose("/")
    def start(self) -> Response:
        """Numbers are chosen in the list of levels."""
        return redirect(self.get_url("levels.index_view"), 303)

    @expose("/<int(max=2147483647):edition_id>/")
    def index(self, edition_id: int) -> str:
        """The running balance, with filters in the address: location, day, kind, page."""
        location, day, kind = (request.args.get(name, "") for name in ("location", "on", "kind"))
        answer = why(
            edition_id,
            location_id=number_in(location),
            until=day_start(day, plus_days=1),
            kind=MovementKind(kind) if kind in set(MovementKind) else None,
            page=number_in(request.args.get("page", "")) or 1,
        )
        shown = {"location": location, "on": day, "kind": kind}
        return str(
            self.render(
                "backoffice/why.html",
                answer=answer,
                shown={name: value for name, value in shown.items() if value},
                kinds=choices(MovementKind),
                locations=queries.usable_locations(),
                may_cost=may(Permission.COST_READ),
                adjust_form=AdjustForm(formdata=None),
            )
        )

    @expose("/<int(max=2147483647):edition_id>/<int(max=2147483647):location_id>/adjust/", methods=("GET", "POST"))
    def adjust(self, edition_id: int, location_id: int) -> Response | str:
        """Set on hand to what was counted at a location."""
        answer = why(edition_id, location_id=location_id)
        form = AdjustForm(data={"seen": answer.on_hand})
        if form.validate_on_submit():
            document = self.attempt(
                form,
                lambda: stock.adjust(
                    edition_id,
                    location_id=location_id,
                    counted=form.counted.data or 0,
                    seen=form.seen.data,
                    reason=form.reason.data or "",
                    key=form.key.data or "",
                    actor=current_actor(),
                    at=now(),
                ),
            )
            if document is not None:
                flash(gettext("It is booked as document %(id)d.", id=document.id), "ok")
                return redirect(self.get_url("documents.index", document_id=document.id), 303)
            answer = why(edition_id, location_id=location_id)
            form.seen.data = answer.on_hand
        return str(self.render("backoffice/adjust.html", form=form, answer=answer))


class Documents(Guarded):
    """A document of the stock, and undoing it."""

    section = "stock"
    title = N_("Document")
    permissions = {
        "start": Permission.STOCK_READ,
        "index": Permission.STOCK_READ,
        "undo": Permission.STOCK_REVERSE,
    }

    @expose("/")
    def start(self) -> Response:
        """Documents are found through the movements."""
        return redirect(self.get_url("movements.index_view"), 303)

    @expose("/<int(max=2147483647):document_id>/")
    def index(self, document_id: int) -> str:
        """What was booked, by whom and why."""
        return self._page(document_id, ReasonForm(formdata=None))

    @expose("/<int(max=2147483647):document_id>/undo/", methods=("POST",))
    def undo(self, document_id: int) -> Response | str:
        """Book the opposite, with a reason."""
        form = ReasonForm()
        if form.validate_on_submit():
            undoing = self.attempt(
                form,
                lambda: stock.reverse(
                    document_id, reason=form.reason.data or "", key=form.key.data or "", actor=current_actor(), at=now()
                ),
            )
            if undoing is not None:
                flash(gettext("Document %(id)d is undone: everything is as it was before it.", id=document_id), "ok")
                return redirect(self.get_url(".index", document_id=document_id), 303)
        return self._page(document_id, form)

    def _page(self, document_id: int, form: ReasonForm) -> str:
        shown = queries.document_page(document_id)
        return str(self.render("backoffice/document.html", shown=shown, form=form, may_cost=may(Permission.COST_READ)))


class Holdings(Guarded):
    """What there was at the end of a day, and what it was worth."""

    section = "reports"
    title = N_("Stock on a day")
    permissions = {"index": Permission.REPORT_READ}

    @expose("/")
    def index(self) -> str:
        """The editions of a day, the most valuable first."""
        today = now().astimezone(KYIV).date().isoformat()
        day = request.args.get("on", today)
        until = day_start(day, plus_days=1)
        if until is None:
            day, until = today, day_start(today, plus_days=1)
        page = number_in(request.args.get("page", "")) or 1
        held = queries.holdings(
            until=until or now(), location_id=number_in(request.args.get("location", "")), page=page
        )
        context: dict[str, Any] = {"held": held, "day": day, "page": page, "locations": queries.usable_locations()}
        context["moment"] = (until or now()) - timedelta(seconds=1)
        return str(self.render("backoffice/holdings.html", **context, may_cost=may(Permission.COST_READ)))


class Checks(Guarded):
    """Whether the books agree, and checking it now."""

    section = "stock"
    title = N_("Verification")
    permissions = {"index": ANYONE, "run": Permission.STOCK_READ}

    @expose("/")
    def index(self) -> str:
        """The last verification."""
        return str(self.render("backoffice/checks.html", check=queries.latest_check(), form=EmptyForm()))

    @expose("/run/", methods=("POST",))
    def run(self) -> Response:
        """Recompute every number now."""
        with transaction():
            _, drifts = verify(at=now())
        if drifts:
            told = ngettext("The books differ: %(num)d place", "The books differ: %(num)d places", len(drifts))
            flash(told, "bad")
        else:
            flash(gettext("The books agree"), "ok")
        return redirect(self.get_url(".index"), 303)
