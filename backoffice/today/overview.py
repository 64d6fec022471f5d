"""«Сьогодні»: what needs doing now, and how the stock has moved lately."""

from collections.abc import Sequence

from flask import redirect
from flask_admin import AdminIndexView, expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import ANYONE, Guarded, may, now
from backoffice.menu import menu_items
from backoffice.today.waiting import waiting
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.pages.today import DayFlow, today
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
        shown = today(day=day, days=DAYS, limit=5)
        context = {"shown": shown, "lines": waiting(shown, at=moment), "went_by": _went_by(shown.flow)}
        return str(self.render("backoffice/today/today.html", moment=moment, **context))


def _went_by(flow: Sequence[DayFlow]) -> list[tuple[str, int, int]]:
    """How many copies came and went: a word, yesterday, and in the seven days up to it."""
    week = flow[-8:-1]
    yesterday = week[-1]
    return [
        (gettext("Came"), yesterday.came, sum(each.came for each in week)),
        (gettext("Went"), yesterday.went, sum(each.went for each in week)),
    ]
