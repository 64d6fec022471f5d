"""«Сьогодні»: what needs doing now, and how the stock has moved lately."""

from datetime import datetime, time, timedelta

from flask_admin import AdminIndexView, expose

from backoffice.base import ANYONE, Guarded, may, now
from backoffice.tables import KYIV
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.stock.queries.today import today

DAYS = 14


class Today(Guarded, AdminIndexView):
    """The first page."""

    section = "today"
    title = N_("Today")
    permissions = {"index": ANYONE}

    @expose("/")
    def index(self) -> str:
        """What waits; empty for a role that opens neither catalogue nor stock."""
        moment = now()
        midnight = datetime.combine(moment.astimezone(KYIV).date(), time(), KYIV)
        starts = [midnight - timedelta(days=DAYS - 1 - each) for each in range(DAYS)] + [midnight + timedelta(days=1)]
        shown = today(starts=starts, limit=8) if may(Permission.STOCK_READ) else None
        return str(self.render("backoffice/today/today.html", shown=shown, moment=moment, starts=starts[:-1]))
