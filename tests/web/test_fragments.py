"""Public things kept in memory."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from web.fragments import Kept


@pytest.fixture
def kept() -> Kept[str]:
    return Kept(most_bytes=10, size=len)


def test_a_thing_is_made_once_for_a_version(kept: Kept[str]) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return f"made {len(made)}"

    assert [kept.get("page", 1, make) for _ in range(3)] == ["made 1"] * 3
    assert kept.get("page", 2, make) == "made 2"
    assert kept.get("page", 1, make) == "made 3"
    assert len(kept) == 1


def test_nothing_that_fails_is_kept(kept: Kept[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        kept.get("page", 1, lambda: str(1 / 0))
    assert kept.get("page", 1, lambda: "good") == "good"


def test_what_was_asked_for_longest_ago_goes_first(kept: Kept[str]) -> None:
    for name in ("a", "b"):
        kept.get(name, 1, lambda: "12345")
    kept.get("a", 1, lambda: "never")
    kept.get("c", 1, lambda: "12345")
    assert kept.bytes_kept == 10
    assert kept.get("a", 1, lambda: "new") == "12345"
    assert kept.get("b", 1, lambda: "new") == "new"


def test_a_thing_larger_than_the_room_is_handed_out_but_not_kept(kept: Kept[str]) -> None:
    assert kept.get("big", 1, lambda: "12345678901") == "12345678901"
    assert (len(kept), kept.bytes_kept) == (0, 0)


def test_many_threads_get_what_belongs_to_their_version() -> None:
    kept: Kept[str] = Kept(most_bytes=2_000, size=len)
    together = Barrier(8)

    def asks(thread: int) -> set[bool]:
        together.wait()
        wanted = [(f"page {n % 50}", (n + thread) % 3) for n in range(2_000)]
        return {
            kept.get(what, version, lambda w=what, v=version: f"{w} at {v}") == f"{what} at {version}"
            for what, version in wanted
        }

    with ThreadPoolExecutor(8) as pool:
        assert set().union(*pool.map(asks, range(8))) == {True}
    assert kept.bytes_kept <= 2_000
    kept.empty()
    assert (len(kept), kept.bytes_kept) == (0, 0)
