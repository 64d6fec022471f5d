"""Several people do something at the same moment, each in a browser and a thread of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")
Person = TypeVar("Person")


def at_once(people: Sequence[Person], deed: Callable[[int, Person], Result]) -> list[Result]:
    """`deed(number, person)` of all people, begun together; what each got, in their order."""
    barrier = Barrier(len(people))

    def begin(number: int) -> Result:
        barrier.wait()
        return deed(number, people[number])

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(begin, range(len(people))))
