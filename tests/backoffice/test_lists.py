"""What the address says of a list, and where the pages around a page are."""

from typing import Any

import pytest
from flask import Flask

from backoffice.lists import Filter, ListState, day_start, pager, read_state
from shop.paging import Page, Place


def _address(**place: Any) -> str:
    return "&".join(f"{name}={value}" for name, value in place.items() if value) or "first"


def test_pages_are_numbered_as_far_as_rows_are_counted() -> None:
    found = pager(Page([1], total=250, number=3, size=25, after="a", before="b"), _address)
    assert (found.first, found.previous, found.next, found.last) == ("first", "page=2", "page=4", "page=9")


def test_the_first_page_leads_forward_only_and_the_last_one_back_only() -> None:
    only_forward = pager(Page([1], total=50, number=0, size=25, after="a"), _address)
    assert (only_forward.first, only_forward.previous, only_forward.next) == ("", "", "page=1")
    only_back = pager(Page([1], total=50, number=1, size=25, before="b"), _address)
    assert (only_back.previous, only_back.next, only_back.last) == ("first", "", "")


def test_beyond_what_is_counted_pages_follow_each_other() -> None:
    edge = pager(Page([1], total=10_000, number=399, size=25, more=True, after="a", before="b"), _address)
    assert (edge.next, edge.last) == ("after=a", "last=1")
    beyond = pager(Page([1], total=10_000, number=None, size=25, more=True, after="c", before="d"), _address)
    assert (beyond.first, beyond.previous, beyond.next, beyond.last) == ("first", "before=d", "after=c", "last=1")
    end = pager(Page([1], total=10_000, number=None, size=25, more=True, before="d"), _address)
    assert (end.previous, end.next, end.last) == ("before=d", "", "")


def test_what_cannot_be_read_in_an_address_counts_as_not_given(app: Flask) -> None:
    odd = "/?page=-1&sort=evil&desc=x&last=2&kind=%20&search=" + "a" * 300
    with app.test_request_context(odd):
        state = read_state(filters=[Filter("kind", "Kind")], sorts={"title"})
    assert state == ListState("a" * 100, {}, "", False, Place())


def test_a_number_and_a_flag_are_read_from_filters() -> None:
    state = ListState("", {"players": "4", "stocked": "1", "price": "абв"}, "", False, Place())
    assert (state.number("players"), state.number("price"), state.flag("stocked")) == (4, None, True)


def test_a_day_begins_in_kyiv() -> None:
    assert day_start("2027-03-01").isoformat() == "2027-03-01T00:00:00+02:00"
    assert day_start("2027-03-01", plus_days=1).isoformat() == "2027-03-02T00:00:00+02:00"
    assert [day_start(odd) for odd in ("", "31-31-31", "0001-01-01")] == [None, None, None]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "2026-11-20", "20.11.2026"),
        ("date", "вчора", None),
        ("money", "1000", "1 000 ₴"),
        ("money", "12,5", "12,50 ₴"),
        ("money", "дорого", None),
        ("text", "17", "17"),
        ("choice", "7", None),
    ],
)
def test_the_chip_of_a_filter_speaks_as_the_list_does(app: Flask, kind: str, value: str, words: str | None) -> None:
    with app.test_request_context("/"):
        told = Filter("name", "Name", kind=kind).in_words(value)
    assert (told.replace("\N{NO-BREAK SPACE}", " ") if told else told) == words
