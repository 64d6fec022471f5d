"""What there was at the end of a day, and what it was worth."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, abort, request
from flask_admin import expose
from flask_babel import gettext

from backoffice.base import Guarded, now, number_in, sees
from backoffice.exports import csv_answer
from backoffice.lists import day_start, pager, read_place
from shop.accounts.rules import Permission
from shop.errors import N_
from shop.pages.reports import exported_holdings, holdings
from shop.stock.queries.locations import usable_locations
from web.formats import KYIV


class Holdings(Guarded):
    """What there was at the end of a day, and what it was worth."""

    category = N_("Reports")
    icon = "reports"
    title = N_("Stock on a date")
    permissions = {"index": Permission.REPORT_READ, "export": Permission.REPORT_READ}

    @expose("/")
    def index(self) -> str:
        """The editions of a day, the most valuable first."""
        day, until = _asked_day()
        held = holdings(until=until, with_cost=sees("value"), location_id=_asked_place(), place=read_place())
        address = partial(self.get_url, ".index", on=day, location=request.args.get("location") or None)
        context: dict[str, Any] = {"held": held, "day": day, "page": held.page, "locations": usable_locations()}
        context["moment"], context["pager"] = until - timedelta(seconds=1), pager(held.page, address)
        return str(self.render("backoffice/reports/holdings.html", **context))

    @expose("/export/<export_type>/")
    def export(self, export_type: str) -> Response:
        """All of them as a CSV file, of the day and the place of the address."""
        if export_type != "csv":
            abort(404)
        day, until = _asked_day()
        rows = exported_holdings(until=until, with_cost=sees("value"), location_id=_asked_place())
        return csv_answer(f"{gettext(self.title)} {day}", _header(), (_line(row) for row in rows))


def _header() -> Sequence[str]:
    cost = [gettext("Cost")] if sees("value") else []
    return [gettext("Title"), gettext("SKU"), gettext("Copies"), *cost]


def _line(row: Any) -> Sequence[object]:
    return [row.title, row.sku, int(row.on_hand), *row[4:]]


def _asked_place() -> int | None:
    return number_in(request.args.get("location", ""))


def _asked_day() -> tuple[str, datetime]:
    """The day of the address, or today, and the moment at which it is over."""
    today = now().astimezone(KYIV).date().isoformat()
    day = request.args.get("on", today)
    until = day_start(day, plus_days=1)
    if until is None:
        day, until = today, day_start(today, plus_days=1)
    return day, until or now()
