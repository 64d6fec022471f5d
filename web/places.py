"""Places for work: the staff may not take all threads of a process, exports not all of the staff's, a reader not long.

A thread is held until the last byte of an answer is taken, so a place is too: from the request to the closing of the
answer. See docs/decisions/ for the numbers.
"""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wsgi import ClosingIterator

from shop.errors import N_
from web.areas import area_of

WAIT_SECONDS = 1.0
RETRY_AFTER_SECONDS = 5
NO_PLACE = "komora.no_place"
_EXPORT = re.compile(r"/admin/.+/export/.+")
Environ = dict[str, Any]


@dataclass(frozen=True)
class Numbers:
    """How many requests of one process may be at work at once; `waiting` may stand in line for a second.

    A piece of an answer that its reader doesn't take for `stall_seconds` ends the answer.
    """

    staff: int = 5
    exports: int = 2
    waiting: int = 1
    stall_seconds: float = 20


class NoPlace(ServiceUnavailable):
    """Too many of one kind are at work."""

    description = N_("Others are at work at this moment. Wait a few seconds and load the page again.")


class Places:
    """WSGI: gives each request of the staff a place or marks it as having none; bounds how long a socket may stall."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]], numbers: Numbers) -> None:
        self.wsgi = wsgi
        self.stall_seconds = numbers.stall_seconds
        self.staff = threading.BoundedSemaphore(numbers.staff)
        self.exports = threading.BoundedSemaphore(numbers.exports)
        self.waiting = threading.BoundedSemaphore(numbers.waiting)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        connection = environ.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(self.stall_seconds)
        path = environ.get("PATH_INFO", "")
        if not area_of(path).session or path.startswith("/admin/static/"):
            return self.wsgi(environ, start_response)
        taken = self._taken(path)
        environ[NO_PLACE] = taken is None
        try:
            answer = self.wsgi(environ, start_response)
        except BaseException:
            _leave(taken or [])
            raise
        return ClosingIterator(answer, lambda: _leave(taken or []))

    def _taken(self, path: str) -> list[threading.BoundedSemaphore] | None:
        """The places that the request has now; None when there is none for it."""
        taken: list[threading.BoundedSemaphore] = []
        for places in [self.exports, self.staff] if _EXPORT.fullmatch(path) else [self.staff]:
            if not (places.acquire(blocking=False) or (places is self.staff and self._waited())):
                _leave(taken)
                return None
            taken.append(places)
        return taken

    def _waited(self) -> bool:
        """Who waits holds a thread as well: so only few may, and only shortly."""
        if not self.waiting.acquire(blocking=False):
            return False
        try:
            return self.staff.acquire(timeout=WAIT_SECONDS)
        finally:
            self.waiting.release()


def _leave(taken: list[threading.BoundedSemaphore]) -> None:
    while taken:
        taken.pop().release()


def _refuse_without_place() -> None:
    if request.environ.get(NO_PLACE):
        raise NoPlace(retry_after=RETRY_AFTER_SECONDS)


def init_app(app: Flask) -> None:
    """Put the places before everything else; `PLACES` in the configuration has their numbers."""
    app.wsgi_app = Places(app.wsgi_app, app.config.get("PLACES") or Numbers())  # type: ignore[method-assign]
    app.before_request(_refuse_without_place)
