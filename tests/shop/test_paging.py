"""A page of a long list is the same rows from whichever end it is read."""

import base64
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Category, Game
from shop.db import db, transaction
from shop.paging import Page, Place, page_of


def test_a_page_of_nothing_is_empty(app: Flask) -> None:
    page = page_of(select(Category.id), order=[(Category.id, False)], place=Place(3), size=5)
    assert (list(page.rows), page.total, page.number) == ([], 0, 0)


ORDERS = [(False, False), (True, True), (False, True), (True, False)]


@pytest.fixture
def categories(app: Flask) -> list[str]:
    with transaction():
        for number in range(23):
            name = f"Категорія {number:02}"
            db.session.add(Category(name=name, name_en=name, slug=f"c-{number}", sort_key=f"{number % 5}"))
    return [f"Категорія {number:02}" for number in range(23)]


def _page(place: Place, downs: tuple[bool, bool] = (False, False), **options: Any) -> Page[Any]:
    order = [(Category.sort_key, downs[0]), (Category.id, downs[1])]
    return page_of(select(Category.id, Category.name), order=order, place=place, size=5, **options)


def _names(page: Page[Any]) -> list[str]:
    return [row.name for row in page.rows]


@pytest.mark.parametrize("downs", ORDERS)
def test_cursors_lead_through_the_whole_list_forth_and_back(categories: list[str], downs: tuple[bool, bool]) -> None:
    page = _page(Place(), downs)
    forth = [page]
    while page.after:
        page = _page(Place(after=page.after), downs)
        forth.append(page)
    names = [name for each in forth for name in _names(each)]
    assert (sorted(names), len(forth)) == (categories, 5)
    back = [page]
    while page.before:
        page = _page(Place(before=page.before), downs)
        back.append(page)
    assert [name for each in reversed(back) for name in _names(each)] == names


def test_numbers_and_cursors_show_the_same_pages(categories: list[str]) -> None:
    first = _page(Place(0))
    assert _names(_page(Place(after=first.after))) == _names(_page(Place(1)))
    assert (first.before, first.number, first.total, first.pages) == ("", 0, 23, 5)


def test_the_last_page_is_read_from_the_end(categories: list[str]) -> None:
    page = _page(Place(last=True))
    assert page.number is None
    assert _names(page) == [row.name for row in _page(Place(3)).rows][3:] + _names(_page(Place(4)))
    assert (page.after, bool(page.before)) == ("", True)


def test_beyond_the_bound_rows_are_not_counted(categories: list[str]) -> None:
    page = _page(Place(), most=10)
    assert (page.total, page.more, page.pages) == (10, True, 2)
    assert _page(Place(99), most=10).number == 1


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "WzEsMl0", "WyIwIiwxZTQwMF0", "\u0456", "W10", "eyJhIjoxfQ", "WyIwIiwiMSJd"]
)
def test_a_cursor_that_nobody_gave_leads_to_the_first_page(categories: list[str], cursor: str) -> None:
    assert _page(Place(after=cursor)).number == 0


def _cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (Game.id, 2**40),
        (Game.id, {"decimal": "1.5"}),
        (Game.id, {"decimal": "NaN"}),
        (Game.sort_key, "\0"),
        (Game.sort_key, "\ud800"),
        (Game.price_from, 5),
        (Game.price_from, {"decimal": "Infinity"}),
        (Game.price_from, {"decimal": "1.234"}),
        (Game.price_from, {"decimal": "1E+900"}),
        (Game.created_at, "2026-01-01"),
        (Game.created_at, {"at": "0001-01-01T00:00:00+23:59"}),
    ],
)
def test_a_cursor_that_no_column_could_hold_leads_to_the_first_page(app: Flask, column: Any, value: object) -> None:
    order = [(column, False), (Game.id, False)]
    assert page_of(select(Game.id), order=order, place=Place(after=_cursor(value, 1)), size=5).number == 0


def test_a_cursor_of_a_price_leads_on(app: Flask) -> None:
    order = [(Game.price_from, False), (Game.id, False)]
    place = Place(after=_cursor({"decimal": "1299.50"}, 1))
    assert page_of(select(Game.id), order=order, place=place, size=5).number is None


def test_a_page_of_nothing_has_no_neighbours(app: Flask) -> None:
    assert _page(Place(7)) == Page([], 0, 0, 5)
    assert _page(Place(last=True)) == Page([], 0, None, 5)
