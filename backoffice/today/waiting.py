"""What waits for somebody: a line each with a number, an age and one deed, the most urgent first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from backoffice.base import may
from shop.accounts.rules import Permission
from shop.pages.today import TodayPage
from web.formats import lasting, moment

CHECK_EVERY = timedelta(days=1)
LONG = timedelta(days=7)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """So many things that wait since some time, and the one deed that helps. `age` is soon, late or nothing special."""

    count: int | None
    title: str
    note: str
    age: str
    age_note: str
    urgency: str
    deed: str
    url: str


def waiting(page: TodayPage, *, at: datetime) -> Sequence[Waiting]:
    """The lines in the order of their urgency: what is wrong, what runs out, what is to be looked after."""
    return [
        *_differing_books(page, at),
        *_unknown_boxes(page, at),
        *_running_low(page, at),
        *_unchecked_books(page, at),
    ]


def _differing_books(page: TodayPage, at: datetime) -> Iterator[Waiting]:
    if page.check and page.check.drifts:
        yield Waiting(
            page.check.drifts,
            gettext("Find out why the books differ"),
            ngettext("in %(num)d place", "in %(num)d places", page.check.drifts),
            lasting(at - page.check.checked_at),
            gettext("since the verification"),
            "late",
            gettext("Look"),
            url_for("checks.index"),
        )


def _unknown_boxes(page: TodayPage, at: datetime) -> Iterator[Waiting]:
    if page.boxes and may(Permission.STOCK_RECEIVE):
        oldest = page.boxes[0]
        only = {"box": oldest.id, "location": oldest.location_id}
        yield Waiting(
            page.box_count,
            gettext("Sort out unknown boxes"),
            " · ".join(filter(None, (oldest.code, oldest.note, oldest.location, oldest.set_aside_by))),
            lasting(at - oldest.set_aside_at),
            gettext("waits the longest"),
            "late" if at - oldest.set_aside_at > A_DAY else "soon",
            gettext("Sort out"),
            url_for("receipts.index", **only) if page.box_count == 1 else url_for("boxes.index"),
        )


def _running_low(page: TodayPage, at: datetime) -> Iterator[Waiting]:
    if page.low_total:
        since = page.low_since
        waits = at - since if since else timedelta()
        yield Waiting(
            page.low_total,
            gettext("Fill up what runs low"),
            gettext("levels at their threshold or under it"),
            lasting(waits) if since else "",
            gettext("waits the longest"),
            "late" if waits > LONG else "soon",
            gettext("See all"),
            url_for("levels.index_view", state="low", sort="on_hand"),
        )


def _unchecked_books(page: TodayPage, at: datetime) -> Iterator[Waiting]:
    checked_at = page.check.checked_at if page.check else None
    if checked_at is None or at - checked_at > CHECK_EVERY:
        yield Waiting(
            None,
            gettext("Verify the books"),
            gettext("checked %(when)s", when=moment(checked_at)) if checked_at else gettext("Not checked yet"),
            lasting(at - checked_at) if checked_at else "",
            gettext("since the verification") if checked_at else "",
            "",
            gettext("Verify"),
            url_for("checks.index"),
        )
