"""Sessions for the staff's pages only: a public page never reads or sets a cookie, so that it can be cached for all."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from web.areas import area_of


class StaffSessions(SecureCookieSessionInterface):
    """Flask's own signed cookie under the staff's paths; an empty session, thrown away, everywhere else."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a staff page, or a fresh one."""
        if area_of(request.path).session:
            return super().open_session(app, request)
        return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Public pages keep nothing, and so vary by no cookie."""
        if area_of(request.path).session:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Use these sessions."""
    app.session_interface = StaffSessions()
