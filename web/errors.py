"""Refusals and failures as pages, or as RFC 9457 problem details for programs: the one place where they are caught."""

from collections.abc import Mapping

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from shop.db import db, refusal_of
from shop.errors import N_, Busy, Conflict, Invalid, NotFound, ShopError, Unwritable
from web.areas import area_of
from web.places import RETRY_AFTER_SECONDS, NoPlace

STATUS: Mapping[type[ShopError], int] = {NotFound: 404, Conflict: 409, Invalid: 422, Busy: 503, Unwritable: 503}
TITLES = {
    400: N_("This request can’t be understood"),
    403: N_("Your role has no access to this"),
    404: N_("There is no such page"),
    405: N_("This address is not opened in this way"),
    409: N_("This can’t be done now"),
    413: N_("This is too much at once"),
    422: N_("Something here can’t be right"),
    429: N_("Too many attempts"),
    500: N_("Something broke on our side"),
    503: N_("The shop is busy"),
}
CHANGED_PERHAPS = N_("It has been written down. Look whether what you sent is there before you send it again.")
HINTS = {
    400: N_("Go back, load the page anew and try once more. The form may have been open for too long."),
    403: N_("Ask the owner of the shop if you need it for your work."),
    404: N_("Perhaps the address has a mistake, or this has been removed."),
    405: N_("Open the page from the menu: this address only takes what a form sends."),
    429: N_("Wait a minute and try again."),
    500: N_("It has been written down. Try again in a minute."),
    503: N_("Somebody else is writing at this moment. Try again."),
}


def _refused(error: ShopError) -> Response:
    db.session.rollback()
    status = STATUS.get(type(error), 400)
    answer = _answer(status, str(error), error.code)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError):
        db.session.rollback()
    answer = _answer(status, _hint(error, status), None)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _hint(error: HTTPException, status: int) -> str:
    if isinstance(error, NoPlace):
        return gettext(NoPlace.description)
    if status == 500 and request.method not in ("GET", "HEAD"):
        return gettext(CHANGED_PERHAPS)
    return gettext(HINTS[status]) if status in HINTS else ""


def _database_failed(error: DBAPIError) -> Response:
    """Other writers, a full or a read-only disk; anything else is a failure like others."""
    db.session.rollback()
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    return _refused(refusal)


def _answer(status: int, detail: str, code: str | None) -> Response:
    if isinstance(request.routing_exception, SecurityError):  # a foreign host, whatever else was wrong
        return Response(gettext(TITLES[400]), 400, mimetype="text/plain")  # no page: its addresses would be that host's
    title = gettext(TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400]))
    if wants_json():
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail} | (
            {"code": code} if code else {}
        )
        answer = make_response(jsonify(problem), status)
        answer.mimetype = "application/problem+json"
        return answer
    return make_response(_page(status=status, title=title, detail=detail), status)


def _page(**shown: object) -> str:
    """The refusal in the frame of the backoffice for who works there, where the frame can be drawn; else by itself."""
    if area_of(request.path).frame:
        try:
            if current_user.is_authenticated:
                return render_template(area_of(request.path).frame, **shown)
        except SQLAlchemyError:  # the frame asks the database, which may be what has failed
            db.session.rollback()
    return render_template("web/error.html", **shown)


def wants_json() -> bool:
    """Whether a program asks: the API, or a script of ours that reads JSON."""
    accepted = request.accept_mimetypes
    return request.path.startswith("/api/") or (
        request.is_json or accepted.best_match(["text/html", "application/json"]) == "application/json"
    )


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(ShopError, _refused)
    app.register_error_handler(DBAPIError, _database_failed)
    app.register_error_handler(HTTPException, _failed)
