"""The roles of docs/postgresql.sql: the application can do every deed, and cannot make what has happened changeable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shop.db import db
from tests.clients import another_app
from tests.factories import editions_of, make_game, make_location, make_stock
from tests.factories.people import make_account
from tests.servers import Postgres

SCRIPT = Path(__file__).parents[3] / "docs" / "postgresql.sql"
REFUSED = ("42501", "23001")  # insufficient_privilege; restrict_violation, of our triggers
FORBIDDEN = (
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE stock_movement DISABLE TRIGGER USER",
    "DROP TABLE stock_movement",
    "TRUNCATE stock_movement",
    "CREATE TABLE mine (id int)",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "UPDATE audit_entry SET actor_name = 'x'",
    "DELETE FROM stock_movement",
)


def _run_script(server: Postgres) -> None:
    before, after = SCRIPT.read_text(encoding="utf-8").split("\\connect komora\n")
    for name, script in (("postgres", before), ("komora", after)):
        with server.connect(name) as connection:
            for statement in script.split(";\n"):
                connection.execute(statement.encode())


@pytest.fixture
def limited(app: Flask, postgres: Postgres) -> Iterator[Flask]:
    """The shop on tables of another role, made by that role's migrations."""
    _run_script(postgres)
    urls = [postgres.url("komora").replace("postgres@", f"{role}@") for role in ("komora_owner", "komora_app")]
    for url in urls:  # the second has nothing left to do, as at every start of a container
        with another_app(app, SQLALCHEMY_DATABASE_URI=url) as migrating, migrating.app_context():
            upgrade()
            db.session.remove()
    with another_app(app, SQLALCHEMY_DATABASE_URI=urls[1]) as other, other.app_context():
        yield other
        db.session.remove()
        db.engine.dispose()
    postgres.execute("DROP DATABASE komora WITH (FORCE)")
    postgres.execute("DROP ROLE komora_owner, komora_app")


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_the_application_does_its_deeds_but_cannot_touch_the_triggers(limited: Flask) -> None:
    make_account("owner")
    make_stock(editions_of(make_game())[0], make_location(), 3)
    db.session.remove()
    assert limited.test_cli_runner().invoke(args=["stock", "verify"]).exit_code == 0
    assert limited.test_client().get("/readyz").status_code == 200
    for statement in FORBIDDEN:
        with pytest.raises(DBAPIError) as refused:
            db.session.execute(text(statement))
        assert getattr(refused.value.orig, "sqlstate", "") in REFUSED, statement
        db.session.rollback()
