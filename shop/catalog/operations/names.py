"""Names of what games are described by: right and free; and what the catalogue refuses in the database's own words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.exc import IntegrityError

from shop.catalog.rules.spelling import slug
from shop.db import Base, constraint_of, db
from shop.errors import N_, Conflict, Invalid

NAME_TAKEN = N_("There is already one with this name.")
IN_USE = N_("Games still use it. Change those games first.")


def checked_name(name: str, table: Any, *, besides: int | None = None) -> str:
    """The name with single spaces. Raises Invalid when it is empty or too long, Conflict when another row has it."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("name_missing", N_("Enter a name."), field="name")
    longest = table.name.type.length
    if len(name) > longest:
        raise Invalid(
            "name_too_long", N_("The name is longer than %(longest)d letters."), field="name", longest=longest
        )
    taken = select(table.id).where(table.name == name, table.id != (besides or 0))
    if db.session.scalar(taken) is not None:
        raise Conflict("name_taken", NAME_TAKEN, field="name")
    return name


@contextmanager
def refusing(texts: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """What others did meanwhile, as the database sees it, is a Conflict. `texts` is {ending of a name: (field, text)}.

    The name is of a constraint, or for a unique column of SQLite `table.column`; the code is the field with `_taken`.
    """
    try:
        yield
    except IntegrityError as error:
        violated = constraint_of(error)
        for ending, (field, text) in texts.items():
            if violated.endswith((f"_{ending}", f".{ending}")):
                raise Conflict(f"{field}_taken", text, field=field) from error
        raise


def delete_unused(row: Base, used: ColumnElement[bool]) -> None:
    """Delete a row that is held fully. Raises Conflict when a game uses it."""
    if db.session.scalar(select(exists().where(used))):
        raise Conflict("in_use", IN_USE)
    db.session.delete(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict("in_use", IN_USE) from error


def free_slug(table: Any, name: str) -> str:
    """An address that no other row has: the name in Latin letters, with a number when it is taken."""
    stem = slug(name)
    taken = set(db.session.scalars(select(table.slug).where(table.slug.startswith(stem, autoescape=True))))
    number, free = 1, stem
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    return free
