"""A published thing's counter rises with the deed that changes it, once, and not with one that was refused."""

import pytest
from flask import Flask

from shop import versions
from shop.db import reading, transaction
from shop.versions import Published


def test_every_published_thing_has_a_counter(app: Flask) -> None:
    with reading() as connection:
        assert versions.numbers(connection) == dict.fromkeys(Published, 0)


def test_a_counter_rises_once_a_deed(app: Flask) -> None:
    with transaction():
        versions.raised(Published.CATALOGUE, Published.MENU)
        versions.raised(Published.CATALOGUE)
    now = versions.numbers()
    assert (now[Published.CATALOGUE], now[Published.MENU], now[Published.STAFF]) == (1, 1, 0)


def test_a_refused_deed_raises_nothing(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        versions.raised(Published.WORDS)
        raise ZeroDivisionError
    with transaction():
        pass
    assert versions.numbers()[Published.WORDS] == 0


def test_a_counter_needs_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        versions.raised(Published.WORDS)
