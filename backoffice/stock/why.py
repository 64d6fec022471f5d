"""«Why is it 47 here?», and setting what was counted."""

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in, sees
from backoffice.lists import day_start
from backoffice.stock.deed_forms import AdjustForm
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.queries.locations import usable_locations
from shop.stock.queries.why import why
from shop.stock.rules import MovementKind
from web.accounts import current_actor
from web.labels import choices


class Why(Guarded):
    """«Why is it 47 here?», and setting what was counted."""

    category = N_("Stock")
    icon = "stock"
    in_menu = False
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
            with_cost=sees("value"),
            location_id=number_in(location),
            until=day_start(day, plus_days=1),
            kind=MovementKind(kind) if kind in set(MovementKind) else None,
            page=number_in(request.args.get("page", "")) or 1,
        )
        shown = {"location": location, "on": day, "kind": kind}
        return str(
            self.render(
                "backoffice/stock/why.html",
                answer=answer,
                on_day=day_start(day),
                shown={name: value for name, value in shown.items() if value},
                kinds=choices(MovementKind),
                locations=usable_locations(),
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
                flash(gettext("Booked as document no. %(id)d.", id=document.id), "ok")
                return redirect(self.get_url("documents.index", document_id=document.id), 303)
            answer = why(edition_id, location_id=location_id)
            form.seen.data = answer.on_hand
        return str(self.render("backoffice/stock/adjust.html", form=form, answer=answer))
