"""«Сьогодні»: what needs doing now, and how the stock has moved lately."""

from flask_admin import AdminIndexView, expose

from backoffice.base import ANYONE, Guarded, may, now
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

    @expose("/")
    def index(self) -> str:
        """What waits; empty for a role that opens neither catalogue nor stock."""
        moment = now()
        day = trading_day(moment)
        shown = today(day=day, days=DAYS, limit=8) if may(Permission.STOCK_READ) else None
        return str(self.render("backoffice/today/today.html", shown=shown, moment=moment, day=day))
