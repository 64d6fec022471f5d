"""Whether the books agree, and checking it now."""

from flask import flash, redirect
from flask_admin import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now
from backoffice.forms import EmptyForm
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock import operations as stock
from shop.stock.queries.checks import latest_check


class Checks(Guarded):
    """Whether the books agree, and checking it now."""

    category = N_("Stock")
    icon = "stock"
    quick = True
    title = N_("Verification")
    permissions = {"index": Permission.STOCK_READ, "run": Permission.STOCK_READ}

    @expose("/")
    def index(self) -> str:
        """The last verification."""
        return str(self.render("backoffice/stock/checks.html", check=latest_check(), form=EmptyForm()))

    @expose("/run/", methods=("POST",))
    def run(self) -> Response:
        """Recompute every number now."""
        _, drifts = stock.verify(at=now())
        if drifts:
            told = ngettext("Stock records differ: %(num)d place", "Stock records differ: %(num)d places", len(drifts))
            flash(told, "bad")
        else:
            flash(gettext("Stock records agree"), "ok")
        return redirect(self.get_url(".index"), 303)
