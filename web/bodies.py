"""What programs send to the pages of accounts, an object of texts and nothing else, and what they are told."""

from typing import Any

from flask import abort, current_app, request
from flask_security.utils import base_render_json
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from shop.columns import can_be_held


def sent_fields() -> MultiDict[str, str]:
    """The fields of a form, or of a JSON object as a form would send them. Answers 400 to what has another shape."""
    if not request.is_json:
        return request.form
    return MultiDict({_text(name): _field(value) for name, value in _object().items()})


def told(form: FlaskForm) -> Response:
    """The form as a program reads it: 400 with what is wrong, or 200 with the token against forged requests."""
    return current_app.make_response(base_render_json(form))


def _object() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        abort(400)
    return body


def _field(value: object) -> str:
    """A box is ticked or not; all else is text."""
    if isinstance(value, bool):
        return "y" if value else ""
    return _text(value)


def _text(value: object) -> str:
    """A text that both databases hold: without NUL, without half a pair of UTF-16."""
    if not isinstance(value, str) or not can_be_held(value):
        abort(400)
    return value
