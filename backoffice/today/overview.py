"""«Сьогодні»: what needs doing now, and how the stock has moved lately."""

from flask import redirect
from flask_admin import AdminIndexView, expose
from werkzeug.wrappers import Response

from backoffice.base import ANYONE, Guarded, may, now
from backoffice.menu import menu_items
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.pages.today import today
from shop.stock.rules import trading_day

DAYS = 14


class Today(Guarded, AdminIndexView):
    """The first page."""

    icon = "today"
    quick = True
    title = N_("Today")
    permissions = {"index": ANYONE}

    def is_visible(self) -> bool:
        """Whoever does not see the stock has nothing here."""
        return may(Permission.STOCK_READ)

    @expose("/")
    def index(self) -> Response | str:
        """What waits; a role that does not see the stock is led to the first page that it opens."""
        if not may(Permission.STOCK_READ):
            return redirect(menu_items()[0].url, 303)
        moment = now()
        day = trading_day(moment)
        shown = today(day=day, days=DAYS, limit=8)
        return str(self.render("backoffice/today/today.html", shown=shown, moment=moment, day=day))
