"""One guard for rows: that they are there, unchanged, held against others, and that their unique values are free."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.audit.queries import last_actor_name
from shop.db import Base, constraint_of, db
from shop.errors import CHANGED_BY, CHANGED_MEANWHILE, N_, Conflict, NotFound

GONE = N_("This is not here any more. Perhaps somebody has deleted it.")
_LARGEST = 2**31 - 1
Row = TypeVar("Row", bound=Base)


def row(table: type[Row], row_id: int) -> Row:
    """The row of this id, not held. Raises NotFound with the code `<table>_not_found`."""
    found = db.session.get(table, row_id) if 0 < row_id <= _LARGEST else None
    if found is None:
        raise NotFound(f"{table.__tablename__}_not_found", GONE)
    return found


def held(table: type[Row], row_id: int, *, version: int | None = None, fully: bool = False) -> Row:
    """The row as it is now, held until the end of the transaction; rows that refer to it may be added meanwhile.

    `fully` holds off those too: for a row that is about to be deleted. Raises NotFound, or Conflict that names who
    changed it when it has another version than the one that was seen.
    """
    found = held_all(table, [row_id], fully=fully).get(row_id)
    if found is None:
        raise NotFound(f"{table.__tablename__}_not_found", GONE)
    refuse_changed(found, version)
    return found


def held_all(table: type[Row], ids: Iterable[int], *, fully: bool = False) -> dict[int, Row]:
    """The rows of these ids by id, held in ascending order so that nobody deadlocks; one statement."""
    key: Any = table.__mapper__.primary_key[0]
    wanted = sorted({each for each in ids if 0 < each <= _LARGEST})
    rows = select(table).where(key.in_(wanted)).order_by(key).with_for_update(key_share=not fully, of=table)
    found = db.session.scalars(rows, execution_options={"populate_existing": True})
    return {getattr(each, key.key): each for each in found}


def refuse_changed(found: Any, version: int | None, *, parts: Sequence[tuple[str, int]] = ()) -> None:
    """Raises Conflict, naming who did it, when a row has another version than the one that was seen.

    `parts` are what else counts as the row, each as the audit names it: the kind and the id.
    """
    if version is None or found.version == version:
        return
    who = last_actor_name([(found.__tablename__, found.id), *parts])
    if who:
        raise Conflict("changed_meanwhile", CHANGED_BY, who=who)
    raise Conflict("changed_meanwhile", CHANGED_MEANWHILE)


def flush_or_conflict(taken: Mapping[str, str]) -> None:
    """Send the changes. A unique column that another row has already is a Conflict with its text at that field.

    `taken` is {column: text}; a column `name_key` that says when two names are the same stands for the field `name`.
    Any other violation is a mistake of ours and stays one.
    """
    try:
        db.session.flush()
    except IntegrityError as error:
        violated = constraint_of(error)
        for column, text in taken.items():
            if violated.endswith((f"_{column}", f".{column}")):
                field = column.removesuffix("_key")
                raise Conflict(f"{field}_taken", text, field=field) from error
        raise
