"""A page of a long list is the same rows from whichever end it is read."""

from flask import Flask
from sqlalchemy import select

from shop.catalog.models import Category
from shop.db import db, transaction
from shop.paging import page_of_ids


def test_every_page_from_the_first_to_the_last_is_right(app: Flask) -> None:
    with transaction():
        for number in range(23):
            name = f"Категорія {number:02}"
            db.session.add(Category(name=name, name_en=name, slug=f"c-{number}", sort_key=f"{number % 5}"))
    for down in (False, True):
        order = [(Category.sort_key, down), (Category.id, down)]
        ids = select(Category.id)
        all_ids = list(db.session.scalars(ids.order_by(*[c.desc() if d else c.asc() for c, d in order])))
        pages = [page_of_ids(ids, order=order, number=number, size=5) for number in range(5)]
        assert [each for page in pages for each in page.rows] == all_ids
        assert page_of_ids(ids, order=order, number=10**9, size=5).number == 4


def test_a_page_of_nothing_is_empty(app: Flask) -> None:
    page = page_of_ids(select(Category.id), order=[(Category.id, False)], number=3, size=5)
    assert (list(page.rows), page.total, page.number) == ([], 0, 0)
