"""Receiving, writing off and transferring: one page each, with lines that are scanned or chosen."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in, sees
from backoffice.stock.deed_forms import LinesForm, ReceiptForm, TransferForm, TypedLine, WriteOffForm
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.models import StockDocument
from shop.stock.queries.levels import editions_on_shelf
from shop.stock.queries.locations import fullest_location_id
from web.accounts import current_actor


class Deed(Guarded):
    """A page with lines, a button, and the document that comes of it."""

    title = ""
    button = ""
    with_cost = False
    form_class: type[LinesForm] = LinesForm

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Response | str:
        """The form; done, it leads to the document."""
        form: Any = self.form_class()
        form.read_lines(_first_lines())
        if form.validate_on_submit():
            document = self.attempt(form, lambda: self.do(form))
            if document is not None:
                flash(self.told(document), "ok")
                return redirect(self.get_url("documents.index", document_id=document.id), 303)
        if request.method == "GET":
            asked = request.args.get("location", "")
            known = asked in dict(form.location_id.choices)
            form.location_id.data = asked if known else str(fullest_location_id() or "")
        editions = editions_on_shelf([line.edition_id for line in form.typed])
        asks_cost = self.with_cost and sees("unit_cost")
        return str(self.render("backoffice/stock/deed.html", form=form, editions=editions, asks_cost=asks_cost))

    def do(self, form: Any) -> StockDocument:
        """The operation."""
        raise NotImplementedError(type(self).__name__)

    def told(self, document: StockDocument) -> str:
        """What is said when it is done."""
        return gettext("It is booked as document %(id)d.", id=document.id)


class Receipts(Deed):
    """Copies that arrived."""

    icon = "scan"
    quick = True
    title = N_("Receive copies")
    short_title = N_("Receive")
    button = N_("Receive")
    with_cost = True
    permissions = {"index": Permission.STOCK_RECEIVE}
    form_class = ReceiptForm

    def do(self, form: ReceiptForm) -> StockDocument:
        """Receive."""
        lines = form.lines()
        if not sees("unit_cost"):
            lines = [stock.Line(line.edition_id, line.quantity) for line in lines]
        return stock.receive(
            lines,
            location_id=int(form.location_id.data),
            reference=form.reference.data or "",
            key=form.key.data or "",
            actor=current_actor(),
            at=now(),
        )


class WriteOffs(Deed):
    """Copies that are gone."""

    category = N_("Stock")
    icon = "stock"
    quick = True
    title = N_("Write copies off")
    button = N_("Write off")
    permissions = {"index": Permission.STOCK_WRITE_OFF}
    form_class = WriteOffForm

    def do(self, form: WriteOffForm) -> StockDocument:
        """Write off."""
        return stock.write_off(
            form.lines(),
            location_id=int(form.location_id.data),
            reason=form.reason.data or "",
            key=form.key.data or "",
            actor=current_actor(),
            at=now(),
        )


class Transfers(Deed):
    """Copies that go to another location."""

    category = N_("Stock")
    icon = "stock"
    quick = True
    title = N_("Transfer copies")
    button = N_("Move")
    permissions = {"index": Permission.STOCK_TRANSFER}
    form_class = TransferForm

    def do(self, form: TransferForm) -> StockDocument:
        """Transfer."""
        return stock.transfer(
            form.lines(),
            from_location_id=int(form.location_id.data),
            to_location_id=int(form.to_location_id.data),
            reason=form.reason.data or "",
            key=form.key.data or "",
            actor=current_actor(),
            at=now(),
        )


def _first_lines() -> Sequence[TypedLine]:
    """One line for the edition that the person comes from."""
    edition_id = number_in(request.args.get("edition", ""))
    return [TypedLine(each, "1", "") for each in editions_on_shelf([edition_id] if edition_id else [])]
