"""What all deeds of the catalogue ask of a row: that it is there, unchanged, unused, and that its name is free."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.exc import IntegrityError

from shop.catalog.rules.spelling import slug
from shop.db import Base, constraint_of, db
from shop.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid, NotFound

NAME_TAKEN = N_("There is already one with this name.")
IN_USE = N_("Games still use it. Change those games first.")
Row = TypeVar("Row", bound=Base)


def found(table: type[Row], row_id: int, *, version: int | None = None) -> Row:
    """The row, locked for this transaction; rows that only refer to it may still be added meanwhile.

    Raises NotFound, or Conflict when it has another version than expected.
    """
    row: Any = db.session.get(table, row_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None:
        raise NotFound("not_found", N_("This is not here any more. Perhaps somebody has deleted it."))
    if version is not None and row.version != version:
        raise Conflict("changed_meanwhile", CHANGED_MEANWHILE)
    return row


def checked_name(name: str, table: Any, *, besides: int | None = None) -> str:
    """The name with single spaces. Raises Invalid when it is empty or too long, Conflict when another row has it."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("name_missing", N_("Give a name."), field="name")
    longest = table.name.type.length
    if len(name) > longest:
        raise Invalid(
            "name_too_long", N_("The name is longer than %(longest)d letters."), field="name", longest=longest
        )
    taken = select(table.id).where(table.name == name, table.id != (besides or 0))
    if db.session.scalar(taken) is not None:
        raise Conflict("name_taken", NAME_TAKEN, field="name")
    return name


def flush_or_conflict(taken: Mapping[str, str]) -> None:
    """Send the changes; a unique column that another transaction took meanwhile becomes a Conflict with its text."""
    try:
        db.session.flush()
    except IntegrityError as error:
        violated = constraint_of(error)
        for column, text in taken.items():
            if violated.endswith((f"_{column}", f".{column}")):
                raise Conflict(f"{column}_taken", text, field=column) from error
        raise


def refuse_used(condition: ColumnElement[bool]) -> None:
    """Raises Conflict when a game still uses what is to be deleted."""
    if db.session.scalar(select(exists().where(condition))):
        raise Conflict("in_use", IN_USE)


def delete_unused(row: Base) -> None:
    """Delete a row. Raises Conflict when a game that is being saved at this moment uses it after all."""
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
