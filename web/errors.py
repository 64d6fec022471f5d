"""Refusals and failures as pages, or as RFC 9457 problem details for programs: the one place where they are caught."""

from collections.abc import Mapping

from flask import Flask, Response, abort, jsonify, make_response, render_template, request
from flask_babel import gettext
from jinja2 import Template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from shop.db import db
from shop.errors import N_, Conflict, Invalid, NotFound, ShopError

STATUS: Mapping[type[ShopError], int] = {NotFound: 404, Conflict: 409, Invalid: 422}
TITLES = {
    400: N_("This request can’t be understood"),
    403: N_("Your role doesn’t open this"),
    404: N_("There is no such page"),
    405: N_("This address is not opened in this way"),
    409: N_("This can’t be done now"),
    413: N_("This is too much at once"),
    422: N_("Something here can’t be right"),
    429: N_("Too many attempts"),
    500: N_("Something broke on our side"),
    503: N_("The shop is busy"),
}
HINTS = {
    400: N_("Go back, load the page anew and try once more. The form may have been open for too long."),
    403: N_("Ask the owner of the shop if you need it for your work."),
    404: N_("Perhaps the address has a mistake, or this has been removed."),
    500: N_("It has been written down, and nothing was changed. Try again in a minute."),
    503: N_("Somebody else is writing at this moment. Try again."),
}


def _refused(error: ShopError) -> Response:
    db.session.rollback()
    return _answer(STATUS.get(type(error), 400), str(error), error.code)


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError):
        db.session.rollback()
    answer = _answer(status, gettext(HINTS[status]) if status in HINTS else "", None)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _busy(error: OperationalError) -> Response:
    """SQLite gave up waiting for another writer; anything else is a failure like others."""
    db.session.rollback()
    if "locked" not in str(error.orig):
        raise error
    return _answer(503, gettext(HINTS[503]), "busy")


def _answer(status: int, detail: str, code: str | None) -> Response:
    title = gettext(TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400]))
    if wants_json():
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail} | (
            {"code": code} if code else {}
        )
        answer = make_response(jsonify(problem), status)
        answer.mimetype = "application/problem+json"
        return answer
    names: list[str | Template] = (
        ["backoffice/error.html", "web/error.html"] if request.path.startswith("/admin") else ["web/error.html"]
    )
    return make_response(render_template(names, status=status, title=title, detail=detail), status)


def wants_json() -> bool:
    """Whether a program asks: the API, or a script of ours that reads JSON."""
    accepted = request.accept_mimetypes
    return request.path.startswith("/api/") or (
        request.is_json or accepted.best_match(["text/html", "application/json"]) == "application/json"
    )


def _refuse_nul() -> None:
    """PostgreSQL can't hold a NUL in a text, and nobody types one."""
    texts = [request.path, *(text for _, text in request.args.items(multi=True))]
    if request.method == "POST":
        texts += (text for _, text in request.form.items(multi=True))
    if any("\0" in text for text in texts):
        abort(400)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.before_request(_refuse_nul)
    app.register_error_handler(ShopError, _refused)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _failed)
