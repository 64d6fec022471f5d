"""Boxes that nobody knew: set aside while receiving, and what becomes of them later."""

from flask import flash, jsonify, redirect, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in
from backoffice.forms import typed_key
from shop.accounts.rules import Permission
from shop.db import in_transaction
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.queries.boxes import waiting_boxes
from web.accounts import current_actor
from web.errors import wants_json

MOST = 200


class Boxes(Guarded):
    """The list of unknown boxes."""

    category = N_("Stock")
    icon = "stock"
    title = N_("Unknown boxes")
    permissions = {
        "index": Permission.STOCK_RECEIVE,
        "set_aside": Permission.STOCK_RECEIVE,
        "settle": Permission.CATALOG_WRITE,
    }

    @expose("/")
    def index(self) -> str:
        """What stands aside, the oldest first."""
        return str(self.render("backoffice/stock/boxes.html", boxes=waiting_boxes(limit=MOST)))

    @expose("/set-aside/", methods=("POST",))
    def set_aside(self) -> Response:
        """Set a box aside that was scanned while receiving."""
        sent, actor, at = request.form, current_actor(), now()
        box_id = in_transaction(
            lambda: (
                stock.set_aside(
                    sent.get("code", ""),
                    quantity=number_in(sent.get("quantity", "")) or 0,
                    location_id=number_in(sent.get("location_id", "")) or 0,
                    note=sent.get("note", ""),
                    key=typed_key(sent.get("key")),
                    actor=actor,
                    at=at,
                ).id
            )
        )
        if wants_json():
            return jsonify(id=box_id)
        return redirect(self.back(), 303)

    @expose("/<int(max=2147483647):box_id>/settle/", methods=("POST",))
    def settle(self, box_id: int) -> Response:
        """Take a box off the list without receiving it."""
        reason, actor, at = request.form.get("reason", ""), current_actor(), now()
        in_transaction(lambda: stock.settle_box(box_id, reason=reason, actor=actor, at=at))
        flash(gettext("The box is off the list."), "ok")
        return redirect(self.back(), 303)
