"""The queue of SQLite's writers: one at a time, in order of arrival within a process, by a locked file between them.

SQLite itself lets writers poll with growing pauses, and whoever has waited longest asks least often. Here a thread
waits for its turn in its process, and the first of each process asks for the lock on a file beside the database.
"""

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.001
_COURTESY_SECONDS = 0.0015  # between two writers of one process, so that another process gets its turn


class Line:
    """A lock that is given in order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False
        self.handed_over = False
        """Whether the one who has it now got it from another one, and not freely."""

    def enter(self, timeout_seconds: float) -> bool:
        """Wait for one's turn; False when it didn't come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout_seconds):
            return True
        with self._guard:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Give the turn to the next one."""
        with self._guard:
            self.handed_over = bool(self._waiting)
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


class WriterQueue:
    """Who writes to one database file now. `path` None is a database in memory, which only this process has."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._line = Line()
        self._file: int | None = None

    def enter(self, timeout_seconds: float = PATIENCE_SECONDS) -> bool:
        """Wait until nobody else writes; False when it took too long."""
        until = time.monotonic() + timeout_seconds
        if not self._line.enter(timeout_seconds):
            return False
        if self._lock_file(until):
            return True
        self._line.leave()
        return False

    def leave(self) -> None:
        """Let the next one write."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._line.leave()

    def _lock_file(self, until: float) -> bool:
        if self.path is None or not self._open_file():
            return True
        if self._line.handed_over:
            time.sleep(_COURTESY_SECONDS)
        while not self._try():
            if time.monotonic() > until:
                return False
            time.sleep(_PAUSE_SECONDS)
        return True

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file or 0, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _open_file(self) -> bool:
        """Open the file of the lock; on a disk that can't be written there is no writer to wait for."""
        if self._file is None:
            try:
                self._file = os.open(f"{self.path}-writers", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o660)
            except OSError:
                return False
        return True


_queues: dict[str, WriterQueue] = {}
_guard = threading.Lock()


def queue_of(database: str | None) -> WriterQueue:
    """The queue of a database file, the same for the whole process."""
    in_memory = not database or database == ":memory:" or database.startswith("file:")
    key = "" if in_memory else str(Path(str(database)).absolute())
    with _guard:
        if key not in _queues:
            _queues[key] = WriterQueue(None if in_memory else Path(key))
        return _queues[key]


os.register_at_fork(after_in_child=_queues.clear)  # a locked file would be shared with the parent
