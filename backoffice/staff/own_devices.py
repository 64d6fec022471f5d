"""«My devices»: where the person is signed in, and ending that from here."""

from flask import flash, redirect
from flask_admin import expose
from flask_babel import gettext, ngettext
from flask_security import current_user
from werkzeug.wrappers import Response

from backoffice.base import ANYONE, Guarded, now
from shop.accounts import operations, queries
from shop.db import in_transaction
from shop.errors import N_
from web.accounts import current_actor
from web.signed_in import current_session_id


class OwnDevices(Guarded):
    """Every browser in which the person is signed in."""

    in_menu = False
    title = N_("My devices")
    permissions = {"index": ANYONE, "end": ANYONE, "end_others": ANYONE}

    @expose("/")
    def index(self) -> str:
        """The list of them."""
        sessions = queries.open_sessions(current_user.id, at=now())
        return str(self.render("backoffice/staff/own_devices.html", sessions=sessions, this=current_session_id()))

    @expose("/<int(max=2147483647):session_id>/end/", methods=("POST",))
    def end(self, session_id: int) -> Response:
        """End one of them."""
        actor, at, me = current_actor(), now(), current_user.id
        in_transaction(lambda: operations.end_session(session_id, account_id=me, actor=actor, at=at))
        flash(gettext("That device is signed out."), "ok")
        return redirect(self.get_url(".index"), 303)

    @expose("/end-others/", methods=("POST",))
    def end_others(self) -> Response:
        """End all but this one."""
        actor, at, me, this = current_actor(), now(), current_user.id, current_session_id()
        ended = in_transaction(lambda: operations.end_sessions(me, but=this, actor=actor, at=at))
        flash(ngettext("%(num)d device is signed out.", "%(num)d devices are signed out.", ended), "ok")
        return redirect(self.get_url(".index"), 303)
