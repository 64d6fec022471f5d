"""`flask stock`."""

from flask import Flask

from shop.db import db
from tests.factories import editions_of, make_game, make_location, make_stock


def test_the_books_that_agree_are_said_to_agree(app: Flask) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 3)
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert result.exit_code == 0
    assert result.output.startswith("Облік сходиться")
