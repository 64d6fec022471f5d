"""The guard: who may open what, and what happens when the shop refuses."""

from collections.abc import Callable

from flask import Flask
from wtforms import Form, StringField

from backoffice.base import number_in, place_refusal
from shop.errors import Busy, Invalid
from tests.clients import Browser, browser
from tests.factories import make_game, make_location


class NameForm(Form):
    name = StringField()


def test_who_is_not_signed_in_is_led_to_the_door_and_back(app: Flask) -> None:
    answer = browser(app).get("/admin/games/?search=карк")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/auth/login?next=/admin/games/")


def test_who_may_read_may_not_send(staff: Callable[..., Browser]) -> None:
    game = make_game()
    viewer = staff("viewer")
    assert viewer.get(f"/admin/games/edit/?id={game.id}").status_code == 200
    assert viewer.post(f"/admin/games/edit/?id={game.id}", data={"title": "Інша"}).status_code == 403
    assert viewer.post("/admin/games/action/", data={"action": "hide", "rowid": game.id}).status_code == 403


def test_a_refused_button_goes_back_to_where_it_stood_in_words(manager: Browser) -> None:
    place = make_location("Склад")
    for _ in range(2):
        answer = manager.post(
            f"/admin/locations/{place.id}/archive/", data={"back": "/admin/locations/?page=1"}, follow_redirects=False
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/locations/?page=1")


def test_a_refusal_stands_beside_its_field_or_above_the_form(app: Flask) -> None:
    with app.test_request_context():
        form = NameForm()
        form.name.errors, form.form_errors = [], []
        place_refusal(form, Invalid("name_wrong", "This name is too long.", field="name"))
        place_refusal(form, Busy())
        assert len(form.name.errors) == len(form.form_errors) == 1


def test_a_number_of_a_row_is_digits_only() -> None:
    assert [number_in(text) for text in ("7", "-7", "٧", "9" * 12, "")] == [7, None, None, None, None]
