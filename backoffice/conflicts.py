"""Two people change one thing: what the other changed is taken over, and where both did, one of the two is chosen.

A form remembers in `seen` what it showed at first. Saved over by somebody else, it comes back with all that was typed:
a field that was left alone holds what is stored now, and a field that both changed asks which of the two stays. That
is kept in `met` until the form is saved, so that it works without scripts and through further refusals.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList
from wtforms import Form as PlainForm
from wtforms.fields import HiddenField, SubmitField

from backoffice.meetings import THEIRS, Both, Meeting, Texts, read_meeting, read_texts, written
from backoffice.values import texts_of
from shop.audit.queries import Entry
from web.labels import label

PUT_BACK, TAKE_THEIRS = "put_back", "take_theirs"


def sent() -> MultiDict[str, str] | None:
    """What was sent, with what was chosen of clashing fields in their place; None when nothing was."""
    if request.method != "POST":
        return None
    typed: MultiDict[str, str] = MultiDict(request.form)
    for name, both in read_meeting(typed.get("met", "")).fields.items():
        if both.clash:
            typed.setlist(name, both.theirs if _pick(name) == THEIRS else both.mine)
        elif typed.get(PUT_BACK) == name:
            typed.setlist(name, both.was)
    return typed


def decided(form: Any) -> bool:
    """Whether what was sent is to be saved: nothing is left to choose, and the button was not one of choosing."""
    if "met" not in form:
        return True
    form.meeting = _picked(read_meeting(form.met.data or ""))
    return not form.meeting.open and PUT_BACK not in request.form and TAKE_THEIRS not in request.form


def remember(form: Any, stored: Any, *, entry_id: int) -> None:
    """Keep in the form what is stored now, as a form of it shows it, and the newest entry of the audit."""
    shown = {key: texts_of(each) for key, each in _fields(stored) if not is_shut(each)}
    form.seen.data = json.dumps(shown, ensure_ascii=False)
    form.seen_entry.data = entry_id


def meet(form: Any, stored: Any, entries: Sequence[Entry], *, subject: tuple[str, int]) -> None:
    """Take over what others changed and find what both did; `entries` are their deeds since the form was opened.

    `stored` is a form of what is stored now, `subject` the kind and id of the thing itself among the entries.
    """
    seen, before = read_texts(form.seen.data or ""), _picked(read_meeting(form.met.data or ""))
    whose = _whose(entries, subject)
    last = entries[-1] if entries else None
    met = Meeting(last.actor_name if last else "", last.occurred_at.isoformat() if last else "")
    saved = dict(_fields(stored))
    for key, mine in _fields(form):
        if key not in saved or is_shut(mine):
            continue
        both = _both(mine, saved[key], seen.get(key), whose.get(key, (met.who, met.at)))
        if both is not None:
            met.fields[mine.name] = both
        elif mine.name in before.fields and texts_of(saved[key]) == before.fields[mine.name].theirs:
            met.fields[mine.name] = before.fields[mine.name]
    named = {key for key, _ in _fields(form)}
    met.besides = [
        f"{each.actor_name}: {label(each.code)} · {each.subject_label}"
        for each in entries
        if not any(_key(each, name, subject) in named for name in each.changes)
    ]
    if getattr(form, "refused_by", "") == "changed_meanwhile":  # the banner says more
        form.form_errors = []
    show(form, met)


def show(form: Any, met: Meeting | None = None) -> None:
    """Lay what was met beside its fields; without `met` what the form has kept of it."""
    met = met or _picked(read_meeting(form.met.data or ""))
    gone = request.form.get(PUT_BACK)
    met.fields = {name: each for name, each in met.fields.items() if each.clash or name != gone}
    for _, each in _fields(form):
        both = met.fields.get(each.name)
        if both and both.clash and both.picked and each.errors:  # chosen, but not right: it is typed anew
            del met.fields[each.name]
            both = None
        each.both = both
    form.meeting = met if met.at or met.fields or met.besides else None
    form.met.data = written(met) if form.meeting else ""


def is_shut(field: Field) -> bool:
    """Whether a field is shown only."""
    return bool((field.render_kw or {}).get("disabled"))


def _both(mine: Any, stored: Any, was: Texts | None, whose: tuple[str, str]) -> Both | None:
    """What came of a field that is stored otherwise than it was; one that was left alone takes what is stored."""
    typed, theirs = texts_of(mine), texts_of(stored)
    if typed == theirs or was == theirs:
        return None
    untouched = was == typed
    if untouched:
        mine.data, mine.raw_data, mine.errors = stored.data, None, ()
    return Both(*whose, was=was or [], theirs=theirs, mine=typed, clash=not untouched)


def _fields(form: PlainForm) -> Iterator[tuple[str, Any]]:
    """The fields that are typed into, each under a key that stays: the id of the row's thing, 0 for the form's own."""
    for each in form:
        if isinstance(each, FieldList):
            for row in each:
                part = row.form.id.data if "id" in row.form else 0
                yield from ((_named(part, inner), inner) for inner in row.form if part and _typed_into(inner))
        elif _typed_into(each):
            yield _named(0, each), each


def _typed_into(field: Field) -> bool:
    return not isinstance(field, HiddenField | SubmitField)


def _named(part: int, field: Any) -> str:
    return f"{part}/{getattr(field, 'audited', '') or field.short_name}"


def _key(entry: Entry, name: str, subject: tuple[str, int]) -> str:
    """What an entry of the audit calls a field, as a key of the form."""
    part = 0 if (entry.subject_kind, entry.subject_id) == subject else entry.subject_id
    return f"{part}/{name}"


def _whose(entries: Sequence[Entry], subject: tuple[str, int]) -> dict[str, tuple[str, str]]:
    """Who changed a field last, and when."""
    return {
        _key(each, name, subject): (each.actor_name, each.occurred_at.isoformat())
        for each in entries
        for name in each.changes
    }


def _pick(name: str) -> str:
    return THEIRS if TAKE_THEIRS in request.form else request.form.get(f"pick-{name}", "")


def _picked(met: Meeting) -> Meeting:
    """With what was just chosen."""
    met.fields = {name: replace(each, picked=_pick(name)) if each.clash else each for name, each in met.fields.items()}
    return met
