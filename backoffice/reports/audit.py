"""The audit: who did what, on which thing, old → new; by person, thing, deed and day."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from flask_babel import gettext
from flask_security import current_user

from backoffice.lists import Column, Filter, ListState
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.audit import queries
from shop.audit.queries import AuditFilter, Entry
from shop.audit.rules import AuditCode
from shop.catalog.rules.spelling import sort_key
from shop.errors import N_
from shop.pages.audit import entries_with_parts
from shop.paging import Page
from web.labels import audit_value, choices, field_label

KINDS = (
    ("game", N_("game")),
    ("edition", N_("edition")),
    ("box", N_("unknown box")),
    ("publisher", N_("publisher")),
    ("category", N_("category")),
    ("mechanic", N_("mechanic")),
    ("location", N_("location")),
    ("account", N_("account")),
    ("role", N_("role")),
    ("price_batch", N_("many prices at once")),
)

SIGN_INS = (("with", N_("with sign-ins")), ("only", N_("sign-ins only")))


class Audit(Table):
    """What has been done."""

    category = N_("Reports")
    icon = "reports"
    title = N_("Who did what")
    permissions = {"index_view": Permission.AUDIT_READ, "export": Permission.AUDIT_READ}
    columns: ClassVar[Sequence[Column]] = (
        Column(N_("When")),
        Column(N_("Who")),
        Column(N_("What")),
        Column(N_("Before → after")),
    )
    export_header = (
        N_("When"),
        N_("Who"),
        N_("What"),
        N_("Type"),
        N_("Name"),
        N_("Before → after"),
        N_("Reason"),
    )
    row_template = "backoffice/reports/audit_rows.html"
    searches = N_("Name or SKU")
    empty = N_("No such entries.")
    page_size = 50
    filters: ClassVar[Sequence[Filter]] = (
        Filter(
            "actor", N_("Who"), choices=lambda: [(name, name) for name in sorted(queries.actor_names(), key=sort_key)]
        ),
        Filter("code", N_("What"), choices=lambda: sorted(choices(AuditCode), key=lambda each: sort_key(each[1]))),
        Filter("kind", N_("Type"), choices=lambda: [(value, gettext(text)) for value, text in KINDS]),
        Filter("subject", N_("ID"), kind="text"),
        Filter(
            "sign_ins",
            N_("Sign-ins"),
            choices=lambda: [(value, gettext(text)) for value, text in SIGN_INS],
            otherwise=N_("without sign-ins"),
        ),
        Filter("since", N_("From date"), kind="date"),
        Filter("until", N_("To date"), kind="date"),
    )

    def rows(self, state: ListState) -> Page[Entry]:
        """One page of entries."""
        permissions = current_user.permissions
        return entries_with_parts(_wanted(state), place=state.place, size=self.page_size, permissions=permissions)

    def exported(self, state: ListState) -> Iterable[Sequence[object]]:
        """Every entry that the list shows, with what the person may see of it."""
        kinds = dict(KINDS)
        for entry in queries.exported_entries(_wanted(state), permissions=current_user.permissions):
            kind = gettext(kinds[entry.subject_kind]) if entry.subject_kind in kinds else ""
            doer = entry.actor_name or gettext("somebody not signed in")
            changed = "; ".join(_told(name, *change) for name, change in entry.changes.items())
            yield entry.occurred_at, doer, entry.code, kind, entry.subject_label, changed, entry.reason


def _told(name: str, was: object, became: object) -> str:
    """A change in words: `ціна: 890 ₴ → 949 ₴`."""
    if name == "document":
        return gettext("Document %(id)s", id=became)
    before = f"{audit_value(name, was)} → " if was is not None else ""
    return f"{field_label(name)}: {before}{audit_value(name, became)}"


def _wanted(state: ListState) -> AuditFilter:
    code = state.filters.get("code", "")
    return AuditFilter(
        search=state.search,
        actor=state.filters.get("actor", ""),
        code=AuditCode(code) if code in set(AuditCode) else None,
        subject_kind=state.filters.get("kind", ""),
        subject_id=state.number("subject"),
        since=state.day_start("since"),
        until=state.day_start("until", plus_days=1),
        sign_ins=None if code else {"with": None, "only": True}.get(state.filters.get("sign_ins", ""), False),
    )
