"""Migration 0008: two roles whose names differ in capitals only both stay, under names that differ."""

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from shop.db import db

role = sa.table("role", sa.column("name"), sa.column("builtin"), sa.column("permissions", sa.JSON))


def test_the_first_role_keeps_its_name_and_the_others_get_a_number(app: Flask) -> None:
    names = ["Касир", "касир", "КАСИР", "касир (2)", "Owner", "к" * 80, "К" * 80]
    downgrade(revision="0007")
    with db.engine.begin() as connection:
        connection.execute(
            sa.insert(role), [{"name": name, "builtin": False, "permissions": ["stock:read"]} for name in names]
        )
    upgrade()
    with db.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT name, name_key FROM role WHERE NOT builtin ORDER BY id")).all()
    given = [row.name for row in rows]
    assert given[:4] == ["Касир", "касир (3)", "КАСИР (4)", "касир (2)"]
    assert given[4:] == ["Owner (2)", "к" * 80, "К" * 76 + " (2)"]
    assert [row.name_key for row in rows] == [name.casefold() for name in given]
