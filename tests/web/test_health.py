"""What the machines ask: alive, and able to serve."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from shop.db import db, transaction
from tests.clients import another_app, browser


def test_a_shop_that_reads_and_writes_is_ready(app: Flask) -> None:
    answer = browser(app).get("/readyz")
    assert (answer.status_code, answer.json["checks"]["database"]) == (200, "ok")


def test_readiness_waits_for_no_writer_and_leaves_nothing(app: Flask) -> None:
    with transaction():
        db.session.execute(text("UPDATE published_version SET number = number + 1"))
        assert browser(app).get("/readyz").status_code == 200
    before = db.session.execute(text("SELECT sum(number) FROM published_version")).scalar()
    db.session.rollback()
    browser(app).get("/readyz")
    assert db.session.execute(text("SELECT sum(number) FROM published_version")).scalar() == before


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_postgresql_that_only_reads_is_not_ready(app: Flask) -> None:
    options = {"connect_args": {"options": "-c default_transaction_read_only=on"}}
    with another_app(app, SQLALCHEMY_ENGINE_OPTIONS=options) as other:
        answer = browser(other).get("/readyz")
    assert (answer.status_code, answer.json["checks"]["database"]) == (503, "can't be written")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_an_sqlite_file_that_only_reads_is_not_ready(app: Flask, tmp_path: Path) -> None:
    file = Path(str(db.engine.url.database))
    db.session.remove()
    url = f"sqlite:///file:{file}?mode=ro&uri=true"
    with another_app(app, SQLALCHEMY_DATABASE_URI=url) as other:
        answer = browser(other).get("/readyz")
    assert (answer.status_code, answer.json["checks"]["database"]) == (503, "can't be written")
