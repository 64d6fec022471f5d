"""«My devices»: where the person is signed in, and ending that from here."""

from datetime import UTC, datetime

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response

from shop.accounts import operations as accounts
from shop.accounts import queries
from shop.db import in_transaction
from web.devices import device_words
from web.signed_in import current_actor, current_session_id

devices = Blueprint("devices", __name__)


@devices.get("/auth/devices")
@auth_required("session")
def mine() -> str:
    """Every browser in which the person is signed in."""
    sessions = queries.open_sessions(current_user.id, at=datetime.now(UTC))
    return render_template("security/devices.html", sessions=sessions, this=current_session_id())


@devices.post("/auth/devices/<int(max=2147483647):session_id>/end")
@auth_required("session")
def end(session_id: int) -> Response:
    """End one of them."""
    account_id, actor = current_user.id, current_actor()
    in_transaction(lambda: accounts.end_session(session_id, account_id=account_id, actor=actor, at=datetime.now(UTC)))
    flash(gettext("That device is signed out."), "ok")
    return redirect(url_for("devices.mine"), 303)


@devices.post("/auth/devices/end-others")
@auth_required("session")
def end_others() -> Response:
    """End all but this one."""
    account_id, actor, this = current_user.id, current_actor(), current_session_id()
    ended = in_transaction(lambda: accounts.end_sessions(account_id, but=this, actor=actor, at=datetime.now(UTC)))
    flash(ngettext("%(num)d device is signed out.", "%(num)d devices are signed out.", ended), "ok")
    return redirect(url_for("devices.mine"), 303)


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(devices)
    app.jinja_env.filters["device_words"] = device_words
