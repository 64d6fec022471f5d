"""The same deed sent twice: one key, one actor, one content; the second time the first answer comes back."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from shop.audit.models import ByActor
from shop.audit.rules import Actor, plain
from shop.columns import UtcTime
from shop.db import Base, db
from shop.errors import N_, Conflict, Invalid

LONGEST_KEY = 80
USED_OTHERWISE = N_("This form was sent already, and what was in it then is done. Open it anew for another deed.")
Deed = Callable[[], int]


class DoneDeed(ByActor, Base):
    """A key that was used: for what, by whom, with what content, and the id of what came of it.

    An empty `fingerprint` is of a deed whose content was not kept: its form can't be told from another, and is refused.
    """

    __tablename__ = "done_deed"

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[int | None]
    done_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


def answered(key: str, deed: Deed, *, kind: str, asked: object, actor: Actor, at: datetime) -> int:
    """Do a deed unless this key has done it; the id of what was made, now or the first time.

    `kind` names the deed, `asked` is all that was asked for: dataclasses, mappings, sequences and plain values.
    Raises Invalid for a key that can't be one, Conflict when the key was used by another person, for another deed or
    with other content, and whatever the deed raises; then the key is free again.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Invalid("key_wrong", N_("This form has no key. Open it anew."))
    print_of_now = fingerprint(asked)
    if not _claim(key, kind=kind, fingerprint=print_of_now, actor=actor, at=at):
        return _first_answer(key, kind=kind, fingerprint=print_of_now, actor=actor)
    answer = deed()
    db.session.execute(update(DoneDeed).where(DoneDeed.key == key).values(answer=answer))
    return answer


def fingerprint(asked: object) -> str:
    """The same 64 letters for the same content, whatever the order of its names (SHA-256 of its JSON)."""
    text = json.dumps(_written(asked), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _claim(key: str, *, kind: str, fingerprint: str, actor: Actor, at: datetime) -> bool:
    """Take the key; who sends the same at this moment waits here until this transaction ends."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"key": key, "kind": kind, "fingerprint": fingerprint, "done_at": at} | actor.columns
    claim = insert(DoneDeed).values(values).on_conflict_do_nothing().returning(DoneDeed.key)
    return db.session.scalar(claim) is not None


def _first_answer(key: str, *, kind: str, fingerprint: str, actor: Actor) -> int:
    row = select(DoneDeed).where(DoneDeed.key == key).execution_options(populate_existing=True)
    first = db.session.scalars(row).one()
    same = (first.kind, first.fingerprint, first.actor_kind, first.actor_id)
    if same != (kind, fingerprint, actor.kind, actor.id) or first.answer is None:
        raise Conflict("key_used_otherwise", USED_OTHERWISE)
    return first.answer


def _written(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _written(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): _written(each) for name, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_written(each) for each in value), key=str)
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    return plain(value)
