"""How Gunicorn serves the shop: forks that share no connection, and threads for every kind of work."""

from types import SimpleNamespace

from flask import Flask
from sqlalchemy import text

from shop.db import db
from web import serving
from web.places import Numbers


def test_a_fork_opens_connections_of_its_own_and_leaves_those_of_its_parent_open(app: Flask) -> None:
    of_parent = db.engine.pool
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        server = SimpleNamespace(app=SimpleNamespace(wsgi=lambda: app))  # as Gunicorn hands it over
        serving.post_fork(server, None)
        assert db.engine.pool is not of_parent
        assert connection.scalar(text("SELECT 1")) == 1
    of_parent.dispose()


def test_the_work_of_the_staff_leaves_threads_for_the_storefront() -> None:
    numbers = Numbers()
    assert 0 < numbers.exports < numbers.staff < serving.threads
