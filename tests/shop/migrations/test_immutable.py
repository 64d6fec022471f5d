"""What has happened can't be changed, deleted or replaced, after whatever migration."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from shop.db import Base, db
from shop.migrations import immutable
from tests.factories import editions_of, make_game, make_location, make_stock


def _refused(statement: str) -> None:
    with pytest.raises(DBAPIError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_every_table_with_a_doer_is_immutable_but_the_keys_of_deeds() -> None:
    acted = {table.name for table in Base.metadata.tables.values() if "actor_kind" in table.c}
    assert acted - {"done_deed"} <= set(immutable.TABLES)


def test_no_trigger_is_missing_after_the_migrations(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert immutable.missing(connection) == []


def test_every_migration_leaves_the_triggers_of_the_tables_that_there_are(app: Flask) -> None:
    for revision in ("0004", "0002"):
        downgrade(revision=revision)
        with db.engine.connect() as connection:
            assert immutable.missing(connection) == []
    upgrade()
    with db.engine.connect() as connection:
        assert immutable.missing(connection) == []
        assert "stock_check" in inspect(connection).get_table_names()


def test_rows_of_what_has_happened_are_never_changed(app: Flask) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 3)
    for table in ("audit_entry", "stock_document", "stock_movement", "price_change"):
        _refused(f"UPDATE {table} SET actor_name = 'x'")
        _refused(f"DELETE FROM {table}")


def test_a_row_cannot_be_replaced_on_sqlite_by_whichever_of_its_keys(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's own")
    make_stock(editions_of(make_game())[0], make_location(), 3)
    columns = ", ".join(column["name"] for column in inspect(db.engine).get_columns("stock_movement"))
    moved = columns.replace("quantity,", "quantity + 1,", 1)
    _refused(f"INSERT OR REPLACE INTO stock_movement ({columns}) SELECT {moved} FROM stock_movement")
    by_key = moved.replace("id,", "id + 1000,", 1)
    _refused(f"INSERT OR REPLACE INTO stock_movement ({columns}) SELECT {by_key} FROM stock_movement")
    assert db.session.scalar(text("SELECT count(*) FROM stock_movement")) == 1


def test_a_table_cannot_be_emptied_on_postgresql(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's own")
    _refused("TRUNCATE audit_entry")
