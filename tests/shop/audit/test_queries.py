"""Reading the audit: pages, whose change came between, and what a reader may see of it."""

from datetime import datetime

from flask import Flask

from shop.accounts.rules import Permission
from shop.audit import operations as audit
from shop.audit import queries
from shop.audit.models import AuditEntry
from shop.audit.queries import AuditFilter
from shop.audit.rules import Actor, AuditCode, Subject
from shop.db import db, transaction
from shop.paging import Place

GAME = Subject("game", 1, "Каркасон")


def _record(now: datetime, *, by: str = "Олена", **changes: list[object]) -> None:
    with transaction():
        audit.record(AuditCode.GAME_CHANGED, GAME, actor=Actor.command(by), at=now, changes=changes)


def test_the_newest_entry_comes_first_and_hides_what_the_reader_may_not_see(app: Flask, now: datetime) -> None:
    _record(now, title=["А", "Б"])
    _record(now, cost=["1", "2"], year=[1, 2])
    page = queries.entries(AuditFilter(), place=Place(), size=1, permissions=())
    assert [entry.changes for entry in page.rows] == [{"year": [1, 2]}]
    assert (page.total, bool(page.after)) == (2, True)
    second = queries.entries(AuditFilter(), place=Place(after=page.after), size=1, permissions=())
    assert [entry.changes for entry in second.rows] == [{"title": ["А", "Б"]}]


def test_who_may_see_costs_does(app: Flask, now: datetime) -> None:
    _record(now, cost=["1", "2"])
    [entry] = queries.entries(AuditFilter(), place=Place(), size=9, permissions={Permission.COST_READ}).rows
    assert entry.changes == {"cost": ["1", "2"]}


def test_what_came_between_is_told_with_its_doer(app: Flask, now: datetime) -> None:
    _record(now)
    seen = db.session.scalar(db.select(db.func.max(AuditEntry.id))) or 0
    _record(now, by="Ірина", title=["А", "Б"])
    [entry] = queries.entries_since([("game", 1)], entry_id=seen, permissions=())
    assert (entry.actor_name, entry.changes) == ("Ірина", {"title": ["А", "Б"]})
    assert queries.last_actor_name([("game", 1)]) == "Ірина"
    assert queries.last_actor_name([("game", 2)]) == ""


def test_an_address_of_a_person_never_gets_into_the_audit(app: Flask, now: datetime) -> None:
    _record(now, email=["a@x.ua", "b@x.ua"])
    [entry] = queries.entries(AuditFilter(), place=Place(), size=9, permissions=set(Permission)).rows
    assert entry.changes == {"email": ["…", "…"]}


def test_a_file_of_the_audit_is_filtered_and_hides_as_its_pages_do(app: Flask, now: datetime) -> None:
    _record(now, title=["А", "Б"])
    _record(now, by="Марко", cost=["1", "2"], year=[1, 2])
    [entry] = queries.exported_entries(AuditFilter(actor="Марко"), permissions=())
    assert entry.changes == {"year": [1, 2]}
    assert len(list(queries.exported_entries(AuditFilter(), permissions=()))) == 2
