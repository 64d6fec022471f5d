"""The verification as the staff see it."""

from collections.abc import Callable
from decimal import Decimal

from flask import Flask

from shop.db import db, transaction
from shop.stock.models import StockLevel
from tests.clients import Browser
from tests.factories import editions_of, make_game, make_location, make_stock


def test_the_books_are_checked_at_a_button(manager: Browser) -> None:
    answer = manager.post("/admin/checks/run/", follow_redirects=True)
    assert answer.status_code == 200
    assert "Облік сходиться" in answer.text


def test_who_may_not_see_the_stock_sees_the_result_without_the_button(staff: Callable[..., Browser]) -> None:
    translator = staff("translator")
    assert "/admin/checks/run/" not in translator.get("/admin/checks/").text
    assert translator.post("/admin/checks/run/").status_code == 403


def test_the_screen_and_the_command_tell_a_difference_in_words(app: Flask, manager: Browser) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 5, Decimal(100))
    with transaction():
        db.session.execute(db.update(StockLevel).values(on_hand=6))
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["stock", "verify"])
    assert result.exit_code == 1
    assert "залишок: записано 6" in result.output
    page = manager.post("/admin/checks/run/", follow_redirects=True).text
    assert "залишок: записано 6" in page
    assert "is stored" not in page
