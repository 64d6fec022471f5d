"""Eight people save one row, or one form is sent eight times, at the same moment, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text

from shop.db import db
from tests.factories import editions_of, make_game, make_location
from tests.hostile import deeds
from tests.hostile.at_once import at_once
from tests.hostile.page_forms import Fields, form_with
from tests.hostile.people import Answer, InProcess

PEOPLE = 8
GOOD_PASSWORD = "kava-paperovyi-lis-77"


@dataclass(frozen=True)
class Thing:
    """Something with a form: where it is added and edited, its fields, and where its rows are."""

    new: str
    edit: str
    field: str
    table: str
    column: str = "name"
    others: tuple[tuple[str, str], ...] = ()

    def rows(self, value: str) -> int:
        return _number(f"SELECT count(*) FROM {self.table} WHERE {self.column} = '{value}'")


THINGS = {
    "game": Thing(
        "/admin/games/new/", "/admin/games/edit/?id={id}", "title", "game", "title", (("editions-0-price", "890"),)
    ),
    "publisher": Thing("/admin/publishers/new/", "/admin/publishers/edit/?id={id}", "name", "publisher"),
    "category": Thing("/admin/categories/new/", "/admin/categories/edit/?id={id}", "name", "category"),
    "location": Thing("/admin/locations/new/", "/admin/locations/edit/?id={id}", "name", "location"),
    "role": Thing("/admin/roles/new/", "/admin/roles/edit/?id={id}", "name", "role"),
    "account": Thing(
        "/admin/staff/new/",
        "/admin/staff/edit/?id={id}",
        "name",
        "account",
        others=(("email", "ivan@shop.example"), ("password", GOOD_PASSWORD), ("roles", "viewer")),
    ),
}


@pytest.fixture
def people(owners: Callable[[int], list[InProcess]]) -> list[InProcess]:
    """The same owner in eight windows."""
    return owners(PEOPLE)


def _number(statement: str) -> int:
    db.session.remove()
    with db.engine.connect() as connection:
        return int(connection.scalar(text(statement)))


def _typed(thing: Thing, page: str, value: str, *, new: bool) -> Fields:
    form = form_with(page, thing.field)
    return form.filled(**{thing.field: value}, **(dict(thing.others) if new else {}))


def _is_done(answer: Answer) -> bool:
    return answer.status in (302, 303)


def test_one_row_saved_by_eight_people_is_saved_or_refused(
    app: Flask, people: list[InProcess], subtests: pytest.Subtests
) -> None:
    for name, thing in THINGS.items():
        with subtests.test(name):
            _save_at_once(people, thing)


def _save_at_once(people: list[InProcess], thing: Thing) -> None:
    first = people[0]
    assert _is_done(first.post(thing.new, _typed(thing, first.get(thing.new).text, "Перша назва", new=True)))
    row = _number(f"SELECT id FROM {thing.table} WHERE {thing.column} = 'Перша назва'")
    edit = thing.edit.format(id=row)
    ready = [_typed(thing, person.get(edit).text, f"Назва від {n}", new=False) for n, person in enumerate(people)]
    version = _number(f"SELECT version FROM {thing.table} WHERE id = {row}")

    answers = at_once(people, lambda number, person: person.post(edit, ready[number]))

    statuses = [answer.status for answer in answers]
    assert set(statuses) <= {200, 303, 409}, statuses
    done = sum(_is_done(answer) for answer in answers)
    assert done >= 1
    assert _number(f"SELECT version FROM {thing.table} WHERE id = {row}") == version + done
    for number, answer in enumerate(answers):
        if not _is_done(answer):
            assert f"Назва від {number}" in answer.text  # what was typed stays
            assert "Олена" in answer.text  # who was faster is named


def test_one_form_sent_eight_times_makes_one_thing(
    app: Flask, people: list[InProcess], subtests: pytest.Subtests
) -> None:
    for name, thing in THINGS.items():
        with subtests.test(name):
            _send_at_once(people, thing)


def _send_at_once(people: list[InProcess], thing: Thing) -> None:
    ready = _typed(thing, people[0].get(thing.new).text, "Нова річ", new=True)
    answers = at_once(people, lambda _, person: person.post(thing.new, ready))
    statuses = [answer.status for answer in answers]
    assert set(statuses) <= {200, 303, 409}, statuses
    assert thing.rows("Нова річ") == 1


def test_one_document_undone_by_eight_people_is_undone_once(app: Flask, people: list[InProcess]) -> None:
    edition, place = editions_of(make_game())[0], make_location()
    lines = [(edition.id, 5, "500")]
    booked = deeds.receipt(people[0], lines, location=place.id, reference="214").send(people[0])
    ready = [deeds.undoing(person, booked.location, reason="помилка") for person in people]
    answers = at_once(people, lambda number, person: ready[number].send(person))  # type: ignore[union-attr]
    assert {answer.status for answer in answers} <= {200, 303, 409}
    assert _number("SELECT count(*) FROM stock_document") == 2
    assert _number("SELECT on_hand FROM stock_level") == 0


def test_a_word_may_be_deleted_and_used_at_the_same_moment(
    app: Flask, people: list[InProcess], subtests: pytest.Subtests, scaled: Callable[[int, int], int]
) -> None:
    """Whoever is second is refused; nothing points at what is gone."""
    for name in ("publisher", "category", "role"):
        with subtests.test(name):
            for number in range(scaled(2, 20)):
                _delete_and_use(people, name, f"Річ {number}")


def _delete_and_use(people: list[InProcess], name: str, called: str) -> None:
    thing = THINGS[name]
    people[0].post(thing.new, _typed(thing, people[0].get(thing.new).text, called, new=True))
    row = _number(f"SELECT id FROM {thing.table} WHERE {thing.column} = '{called}'")
    used: Fields
    if name == "role":
        used_at = "/admin/staff/new/"
        typed = dict(THINGS["account"].others) | {"name": called, "email": f"x{row}@shop.example", "roles": called}
        used = form_with(people[1].get(used_at).text, "email").filled(**typed)
    else:
        used_at = "/admin/games/new/"
        link = {"publisher": "publisher_id", "category": "category_ids"}[name]
        typed = {"title": called, "editions-0-price": "890", link: str(row)}
        used = form_with(people[1].get(used_at).text, "title").filled(**typed)
    deleted_at = thing.new.removesuffix("new/") + "delete/"
    forms: list[tuple[str, Fields]] = [(deleted_at, [("id", str(row))]), (used_at, used)]
    answers = at_once(people[:2], lambda number, person: person.post(*forms[number]))
    assert {answer.status for answer in answers} <= {200, 302, 303, 404, 409, 422}, [a.status for a in answers]


def test_one_word_deleted_by_eight_people_is_deleted_once(
    app: Flask, people: list[InProcess], subtests: pytest.Subtests
) -> None:
    for name in ("publisher", "category", "role"):
        with subtests.test(name):
            _delete_at_once(people, THINGS[name])


def _delete_at_once(people: list[InProcess], thing: Thing) -> None:
    first = people[0]
    assert _is_done(first.post(thing.new, _typed(thing, first.get(thing.new).text, "Зайва", new=True)))
    row, entries = (
        _number(f"SELECT id FROM {thing.table} WHERE {thing.column} = 'Зайва'"),
        _number("SELECT count(*) FROM audit_entry"),
    )
    answers = at_once(
        people, lambda _, person: person.post(thing.edit.split("edit/")[0] + "delete/", [("id", str(row))])
    )
    statuses = [answer.status for answer in answers]
    assert set(statuses) <= {303, 404, 409}, statuses
    assert thing.rows("Зайва") == 0
    assert _number("SELECT count(*) FROM audit_entry") == entries + 1
