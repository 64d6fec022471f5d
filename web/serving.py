"""How Gunicorn serves the shop, for the container and for `make run`: `gunicorn --config web/serving.py`."""

from typing import Any

worker_class = "gthread"  # threads wait for the database while others work
workers = 2
threads = 8  # web/places.py says how many of them each kind of work may take
preload_app = True  # a new worker is a fork of what is loaded: a start from nothing costs two seconds of a core
max_requests = 20_000  # a worker is renewed now and then, not all at once
max_requests_jitter = 4_000
timeout = 60
graceful_timeout = 60  # an export may end
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A connection may not be shared by two processes: whatever the parent has open stays the parent's."""
    from shop.db import db

    application = server.app.wsgi()
    with application.app_context():
        db.engine.dispose(close=False)
