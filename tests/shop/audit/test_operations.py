"""An entry is written in the transaction of its deed, with its doer, and goes with it."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, union_all

from shop.audit import operations as audit
from shop.audit.models import AuditEntry
from shop.audit.rules import Actor, ActorKind, AuditCode, Subject
from shop.db import db, transaction

SUBJECT = Subject("game", 1, "Т" * 300)


def test_an_entry_says_who_of_what_kind_did_it(app: Flask, now: datetime) -> None:
    with transaction():
        audit.record(AuditCode.GAME_ADDED, SUBJECT, actor=Actor.staff(7, "Ірина"), at=now, reason="так треба")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.actor == Actor(ActorKind.STAFF, "Ірина", 7)
    assert (entry.subject_label, entry.reason, entry.changes) == ("Т" * 255, "так треба", {})


def test_an_entry_goes_with_a_refused_deed(app: Flask, actor: Actor, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        audit.record(AuditCode.GAME_ADDED, SUBJECT, actor=actor, at=now)
        raise ZeroDivisionError
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_entries_of_what_a_statement_selects_are_like_any_others(app: Flask, now: datetime) -> None:
    told = ((3, "Т" * 300, '{"price": ["1.00", "2.00"]}'), (4, "Марс", "{}"))
    with transaction():
        rows = union_all(*(select(*(literal(value) for value in each)) for each in told)).subquery()
        deeds = select(*rows.c)
        audit.record_selected(
            AuditCode.EDITION_REPRICED, "edition", deeds, actor=Actor.staff(7, "Ірина"), at=now, reason="курс"
        )
    first, second = db.session.scalars(select(AuditEntry).order_by(AuditEntry.subject_id))
    assert (first.subject_kind, first.subject_id, first.subject_label) == ("edition", 3, "Т" * 255)
    assert (first.changes, second.changes) == ({"price": ["1.00", "2.00"]}, {})
    assert (first.actor, first.occurred_at, first.reason) == (Actor.staff(7, "Ірина"), now, "курс")
