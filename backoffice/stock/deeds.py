"""Receiving, writing off and transferring: one page each, with lines that are scanned or chosen."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, request, url_for
from flask_admin import expose
from flask_babel import ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in, sees
from backoffice.stock.deed_forms import LinesForm, ReceiptForm, TransferForm, TypedCode, TypedLine, WriteOffForm
from backoffice.stock.deed_words import scan_words
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.models import StockDocument
from shop.stock.queries.boxes import boxes_by_id
from shop.stock.queries.levels import editions_on_shelf
from shop.stock.queries.locations import fullest_location_id
from web.accounts import current_actor


class Deed(Guarded):
    """A page with lines, a button, and the document that comes of it."""

    title = ""
    button = ""
    with_cost = False
    sign = 1
    """What the deed does to the number on hand: 1 adds, -1 takes, 0 leaves it."""
    form_class: type[LinesForm] = LinesForm

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Response | str:
        """The form; done, it leads to the document."""
        form: Any = self.form_class()
        form.read_lines(_first_lines(), self.first_codes())
        if form.validate_on_submit():
            document = self.attempt(form, lambda: self.do(form))
            if document is not None:
                return redirect(self.get_url("documents.index", document_id=document.id, booked=1), 303)
        if request.method == "GET":
            asked = request.args.get("location", "")
            known = asked in dict(form.location_id.choices)
            form.location_id.data = asked if known else str(fullest_location_id() or "")
        editions = editions_on_shelf([line.edition_id for line in form.typed])
        asks_cost = self.with_cost and sees("unit_cost")
        words = scan_words(self.counted)
        page = "backoffice/stock/deed.html"
        return str(self.render(page, form=form, editions=editions, asks_cost=asks_cost, words=words))

    def do(self, form: Any) -> StockDocument:
        """The operation."""
        raise NotImplementedError(type(self).__name__)

    def counted(self, copies: int) -> str:
        """The button with a number of copies."""
        raise NotImplementedError(type(self).__name__)

    def first_codes(self) -> Sequence[TypedCode]:
        """Codes that the form begins with."""
        return ()

    def _handle_view(self, name: str, **options: Any) -> Response | None:
        """A form that is sent after the session has ended leads to the sign-in and back: its lines are kept there."""
        if request.method == "POST" and not current_user.is_authenticated:
            return redirect(url_for("security.login", next=self.get_url(".index")))
        return super()._handle_view(name, **options)


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

    def counted(self, copies: int) -> str:
        """Receive so many."""
        return ngettext("Receive %(num)s copy", "Receive %(num)s copies", copies)

    def first_codes(self) -> Sequence[TypedCode]:
        """The code of a box that stood aside and is received now."""
        box_id = number_in(request.args.get("box", ""))
        boxes = boxes_by_id([box_id]) if box_id else []
        return [TypedCode(box.code, str(box.quantity), str(box.id)) for box in boxes]

    def do(self, form: ReceiptForm) -> StockDocument:
        """Receive."""
        lines = form.lines()
        if not sees("unit_cost"):
            lines = [stock.Line(line.edition_id, line.quantity) for line in lines]
        return stock.receive(
            lines,
            location_id=int(form.location_id.data),
            reference=form.reference.data or "",
            box_ids=[box_id for _, box_id in form.boxes],
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
    sign = -1

    def counted(self, copies: int) -> str:
        """Write so many off."""
        return ngettext("Write %(num)s copy off", "Write %(num)s copies off", copies)

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
    sign = 0

    def counted(self, copies: int) -> str:
        """Move so many."""
        return ngettext("Move %(num)s copy", "Move %(num)s copies", copies)

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
