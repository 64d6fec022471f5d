"""The verification as the staff see it."""

from collections.abc import Callable

from tests.clients import Browser


def test_the_books_are_checked_at_a_button(manager: Browser) -> None:
    answer = manager.post("/admin/checks/run/", follow_redirects=True)
    assert answer.status_code == 200
    assert "Облік сходиться" in answer.text


def test_who_may_not_see_the_stock_sees_the_result_without_the_button(staff: Callable[..., Browser]) -> None:
    translator = staff("translator")
    assert "/admin/checks/run/" not in translator.get("/admin/checks/").text
    assert translator.post("/admin/checks/run/").status_code == 403
