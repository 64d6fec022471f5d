"""A document of the stock, and undoing it."""

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, sees
from backoffice.forms import ReasonForm
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.queries.documents import document_page
from web.accounts import current_actor


class Documents(Guarded):
    """A document of the stock, and undoing it."""

    category = N_("Stock")
    icon = "stock"
    in_menu = False
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
        shown = document_page(document_id, with_cost=sees("value"))
        booked = request.args.get("booked") and shown.document.actor_id == current_user.id and not shown.undone_by
        page = "backoffice/stock/booked.html" if booked else "backoffice/stock/document.html"
        return str(self.render(page, shown=shown, form=form))
