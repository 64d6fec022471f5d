"""What no form of ours sends: refused before any view reads it, so that a view need not think of it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from flask import Flask, abort, request
from werkzeug.exceptions import UnprocessableEntity

from shop.accounts.passwords import LONGEST_BYTES, bytes_of
from shop.columns import can_be_held
from web.addresses import is_own

MOST_PARTS = 12_000  # a batch of 5,000 prices has two a line


def _refuse_what_no_form_sends() -> None:
    sent = [*request.args.items(multi=True)]
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        sent += request.form.items(multi=True)
        sent += _of_json()
    if len(sent) > MOST_PARTS:
        abort(413)
    if not all(map(can_be_held, [request.path, *chain.from_iterable(sent)])):
        abort(400)
    for name, text in sent:
        if "password" in name and _too_long(text):
            raise UnprocessableEntity
        if name == "url" and text and not is_own(text):
            abort(400)


def _of_json() -> Iterator[tuple[str, str]]:
    """The texts of a JSON body. Pages take an object of plain values; what else programs may send, the API says."""
    if not request.is_json:
        return
    try:
        body = request.get_json()
    except RecursionError:  # thousands of brackets
        abort(400)
    if not request.path.startswith("/api/") and not (
        isinstance(body, dict) and not any(isinstance(value, dict | list) for value in body.values())
    ):
        abort(400)
    yield from _texts("", body)


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(name, inner)
    else:
        yield name, value if isinstance(value, str) else ""


def _too_long(password: str) -> bool:
    return len(password) > LONGEST_BYTES or bytes_of(password) > LONGEST_BYTES


def init_app(app: Flask) -> None:
    """Look at each request before anybody else does."""
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.before_request(_refuse_what_no_form_sends)
