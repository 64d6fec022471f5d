"""Migrations: up, down, and the same tables as the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from shop.db import db


def test_there_is_one_head(app: Flask) -> None:
    assert len(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads()) == 1


def test_models_and_migrations_agree(app: Flask) -> None:
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(app: Flask) -> None:
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "stock_movement" in inspect(db.engine).get_table_names()
