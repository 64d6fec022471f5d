"""The disk is full or the database can't be written: that is said, what was typed stays, and nothing is half done."""

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from shop.db import db
from tests.factories import editions_of, make_game, make_location
from tests.hostile import deeds
from tests.hostile.people import InProcess
from tests.servers import Postgres

Unwritable = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def unwritable(app: Flask, request: pytest.FixtureRequest) -> Unwritable:
    """`with unwritable():` nothing can be written: SQLite's disk is full, PostgreSQL has become read-only."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        return _full_disk
    postgres: Postgres = request.getfixturevalue("postgres")

    @contextmanager
    def read_only() -> Iterator[None]:
        postgres.execute(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
        _let_connections_go()
        try:
            yield
        finally:
            postgres.execute(f"ALTER DATABASE {url.database} RESET default_transaction_read_only")
            _let_connections_go()

    return read_only


@contextmanager
def _full_disk() -> Iterator[None]:
    """No file of this process grows beyond a page, so that the kernel refuses as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _let_connections_go() -> None:
    db.session.remove()
    db.engine.dispose()


def _count(table: str) -> int:
    with db.engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_an_unwritable_database_is_said_and_loses_nothing(
    app: Flask, owner: InProcess, unwritable: Unwritable, capfd: pytest.CaptureFixture[str]
) -> None:
    edition, place = editions_of(make_game(title="Каркасон"))[0], make_location()
    edition_id, place_id = edition.id, place.id
    db.session.remove()
    receipt = deeds.receipt(owner, [(edition_id, 7, "412,50")], location=place_id, reference="Накладна 214")
    game = deeds.new_game(owner, "Нова гра")
    assert owner.get("/readyz").status == 200
    with capfd.disabled(), unwritable():  # what is captured would stand in a file, and no file may grow
        ready = owner.get("/readyz").status
        refused = receipt.send(owner)
        refused_game = game.send(owner)
        page = owner.get("/admin/levels/")
        shop_window = owner.get("/")
    assert ready == 503
    assert refused.status in (200, 503)
    for typed in ("Накладна 214", "Каркасон", "412,50", 'value="7"'):
        assert typed in refused.text
    assert refused_game.status in (200, 503)
    assert "Нова гра" in refused_game.text
    assert (page.status, shop_window.status) == (200, 200)  # reading goes on
    assert [_count(table) for table in ("stock_document", "stock_movement", "stock_level")] == [0, 0, 0]
    assert _count("game") == 1

    assert owner.get("/readyz").status == 200
    assert receipt.send(owner).status == 303
    assert game.send(owner).status == 303
    assert (_count("stock_document"), _count("stock_movement"), _count("game")) == (1, 1, 2)
    assert app.test_cli_runner().invoke(args=["stock", "verify"]).exit_code == 0
