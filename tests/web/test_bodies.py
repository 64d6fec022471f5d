"""What programs send to the pages of accounts."""

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from web.bodies import sent_fields


def test_a_json_object_is_read_as_a_form_would_send_it(app: Flask) -> None:
    body = {"email": "olena@shop.example", "remember": True, "other": False}
    with app.test_request_context("/", method="POST", json=body):
        assert sent_fields().to_dict() == {"email": "olena@shop.example", "remember": "y", "other": ""}


@pytest.mark.parametrize("body", [[], "text", {"email": 5}, {"email": None}, {"email": ["x"]}, {"a\0": "x"}])
def test_what_has_another_shape_is_refused(app: Flask, body: object) -> None:
    with app.test_request_context("/", method="POST", json=body), pytest.raises(BadRequest):
        sent_fields()
