"""A test finds the database as migrations left it, whatever the test before did."""

import pytest
from flask import Flask
from sqlalchemy import text

from shop.accounts.models import Account, Role
from shop.db import db, transaction


def _seen() -> tuple[int, int, bool]:
    """(roles, accounts, whether the table of accounts has its column of names)."""
    counted = [db.session.scalar(db.select(db.func.count()).select_from(table)) or 0 for table in (Role, Account)]
    columns = {column["name"] for column in db.inspect(db.engine).get_columns("account")}
    return counted[0], counted[1], "name" in columns


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("deed", ["DELETE FROM role", "ALTER TABLE account RENAME COLUMN name TO named"])
def test_each_test_begins_with_what_the_migrations_made(app: Flask, deed: str, turn: int) -> None:
    roles, accounts, has_names = _seen()
    assert roles >= 5
    assert accounts == 0
    assert has_names
    db.session.rollback()
    with transaction():
        db.session.execute(text(deed))
