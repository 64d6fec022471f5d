"""Migration 0009: keys that were written before numbers sorted by their size."""

import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from shop.catalog.rules.spelling import sort_key
from shop.db import db

location = sa.table("location", sa.column("id"), sa.column("name"), sa.column("sort_key"), sa.column("version"))
OLD = {"Шафа 13": "13", "Шафа 7": "7", "Полиця 1234567890": "1234567890", "Склад": ""}


def test_the_keys_are_those_of_the_rules_and_go_back(app: Flask) -> None:
    def keys() -> dict[str, str]:
        with db.engine.connect() as connection:
            return {
                row.name: row.sort_key for row in connection.execute(sa.select(location.c.name, location.c.sort_key))
            }

    old = {name: sort_key(name.replace(number, "")) + (f" {number}" if number else "") for name, number in OLD.items()}
    downgrade(revision="0008")
    with db.engine.begin() as connection:
        rows = [{"name": name, "sort_key": key, "version": 1} for name, key in old.items()]
        connection.execute(sa.insert(location), rows)
    upgrade(revision="0009")
    assert keys() == {name: sort_key(name) for name in OLD}
    downgrade(revision="0008")
    assert keys() == old
