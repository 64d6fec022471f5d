"""Migrations: up, down, and the same tables as the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect

from shop.db import db


def test_there_is_one_head(app: Flask) -> None:
    assert len(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads()) == 1


def test_models_and_migrations_agree(app: Flask) -> None:
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_no_migration_has_lost_a_check_of_the_models(app: Flask) -> None:
    """A batch migration on SQLite builds its table anew, and what it doesn't know of is gone."""
    inspector = inspect(db.engine)
    for table in db.metadata.tables.values():
        named = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint) and each.name}
        assert named <= {each["name"] for each in inspector.get_check_constraints(table.name)}, table.name


def test_only_a_command_and_a_guest_may_stand_without_an_account(app: Flask) -> None:
    inspector = inspect(db.engine)
    for table in ("audit_entry", "price_batch", "price_change", "stock_document", "stock_movement"):
        assert f"ck_{table}_actor" in {each["name"] for each in inspector.get_check_constraints(table)}


def test_migrations_go_down_to_nothing_and_up_again(app: Flask) -> None:
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "stock_movement" in inspect(db.engine).get_table_names()
