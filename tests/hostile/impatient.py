"""The application as it is, but for how soon it lets a reader go who doesn't read: a test can't wait so long."""

from flask import Flask

import app as composition
from web.places import Numbers

STALL_SECONDS = 6


def create_app() -> Flask:
    """For gunicorn."""
    return composition.create_app(PLACES=Numbers(stall_seconds=STALL_SECONDS))
