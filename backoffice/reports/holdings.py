"""What there was at the end of a day, and what it was worth."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import request
from flask_admin import expose

from backoffice.base import Guarded, now, number_in, sees
from backoffice.lists import day_start, pager, read_place
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.pages.reports import holdings
from shop.stock.queries.locations import usable_locations
from web.formats import KYIV


class Holdings(Guarded):
    """What there was at the end of a day, and what it was worth."""

    category = N_("Reports")
    icon = "reports"
    title = N_("Stock on a day")
    permissions = {"index": Permission.REPORT_READ}

    @expose("/")
    def index(self) -> str:
        """The editions of a day, the most valuable first."""
        today = now().astimezone(KYIV).date().isoformat()
        day = request.args.get("on", today)
        until = day_start(day, plus_days=1)
        if until is None:
            day, until = today, day_start(today, plus_days=1)
        location = request.args.get("location", "")
        held = holdings(
            until=until or now(), with_cost=sees("value"), location_id=number_in(location), place=read_place()
        )
        address = partial(self.get_url, ".index", on=day, location=location or None)
        context: dict[str, Any] = {"held": held, "day": day, "page": held.page, "locations": usable_locations()}
        context["moment"], context["pager"] = (until or now()) - timedelta(seconds=1), pager(held.page, address)
        return str(self.render("backoffice/reports/holdings.html", **context))
