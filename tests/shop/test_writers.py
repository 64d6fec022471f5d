"""SQLite's writers come one after another, in order, across processes, and nobody waits for ever."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from shop.writers import Line, WriterQueue, queue_of

HOLD = """
import sys, time
from pathlib import Path
from shop.writers import WriterQueue
queue = WriterQueue(Path(sys.argv[1]))
assert queue.enter()
print("in", flush=True)
time.sleep(float(sys.argv[2]))
queue.leave()
"""


def test_turns_are_given_in_order_of_arrival() -> None:
    line, order = Line(), []
    assert line.enter(1)

    def wait(number: int) -> None:
        assert line.enter(5)
        order.append(number)
        line.leave()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(line._waiting) <= number:
            time.sleep(0.001)
    line.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_who_waits_too_long_goes_away_and_holds_nobody_up() -> None:
    line = Line()
    assert line.enter(1)
    assert not line.enter(0.02)
    line.leave()
    assert line.enter(0.02)


def test_another_process_is_waited_for(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "x.db"), "0.4"], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    queue = WriterQueue(tmp_path / "x.db")
    assert not queue.enter(0.05)
    begun = time.monotonic()
    assert queue.enter(5)
    assert time.monotonic() - begun < 3
    queue.leave()
    assert other.wait() == 0
    other.stdout.close()


def test_a_process_that_dies_leaves_the_queue(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "x.db"), "60"], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.wait()
    other.stdout.close()
    assert WriterQueue(tmp_path / "x.db").enter(2)


def test_one_file_has_one_queue_and_memory_needs_no_file(tmp_path: Path) -> None:
    assert queue_of(str(tmp_path / "a.db")) is queue_of(str(tmp_path / "a.db"))
    assert queue_of(":memory:").path is None
