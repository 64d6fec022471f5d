"""Things kept in the memory of a process: under what they are, each with the version of what it was made of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from flask import Flask, current_app
from markupsafe import Markup

Thing = TypeVar("Thing")
_MIB = 1 << 20


class Kept(Generic[Thing]):
    """At most `most_bytes` of things; the one that was asked for longest ago goes first.

    Whatever a thing depends on beside its version stands in its name: the language, and whose permissions show it.

    A thing is handed out only for the version that it was made of. Whoever asks reads the version first and makes the
    thing afterwards, so that a kept one may be newer than its version says, but never older.
    """

    def __init__(self, *, most_bytes: int, size: Callable[[Thing], int]) -> None:
        """`size` tells how many bytes a thing takes."""
        self._most_bytes, self._size = most_bytes, size
        self._things: OrderedDict[Hashable, tuple[Hashable, Thing, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, what: Hashable, version: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing as it is at this version; made, outside of the lock, when it isn't there."""
        with self._lock:
            kept = self._things.get(what)
            if kept is not None and kept[0] == version:
                self._things.move_to_end(what)
                return kept[1]
        made = make()
        self._keep(what, version, made)
        return made

    def _keep(self, what: Hashable, version: Hashable, made: Thing) -> None:
        size = self._size(made)
        with self._lock:
            self._drop(what)
            self._things[what] = (version, made, size)
            self._bytes += size
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._things)))

    def _drop(self, what: Hashable) -> None:
        gone = self._things.pop(what, None)
        if gone is not None:
            self._bytes -= gone[2]

    def empty(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
            self._bytes = 0

    @property
    def bytes_kept(self) -> int:
        """How much is kept now."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._things)


@dataclass(frozen=True)
class Fragments:
    """What a process keeps: for the public pages with their tags, pieces of pages, and small facts of many pages.

    For the staff, who ask for it by name: what their roles open, and small parts of their pages.
    """

    pages: Kept[tuple[bytes, str]]
    pieces: Kept[Markup]
    facts: Kept[Any]
    staff: Kept[Any]

    def empty(self) -> None:
        """Forget everything, as when another database is behind the application."""
        for kept in (self.pages, self.pieces, self.facts, self.staff):
            kept.empty()


def fragments() -> Fragments:
    """The fragments of this process."""
    kept: Fragments = current_app.extensions["fragments"]
    return kept


def init_app(app: Flask) -> None:
    """Make room: for some 400 pages of 40 KB, 7,000 cards or 1,000 panels, and twice 2,000 facts of any size."""
    app.extensions["fragments"] = Fragments(
        pages=Kept(most_bytes=16 * _MIB, size=lambda page: len(page[0])),
        pieces=Kept(
            most_bytes=16 * _MIB, size=lambda piece: len(piece) * 2
        ),  # one Cyrillic letter makes all of them wide
        facts=Kept(most_bytes=2_000, size=lambda _fact: 1),
        staff=Kept(most_bytes=2_000, size=lambda _fact: 1),
    )
