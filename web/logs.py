"""The log: one JSON object a line on standard error, each request with its id, status and milliseconds."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("shop")


class JsonLines(logging.Formatter):
    """A log record as a line of JSON, with the id of the request in which it was written."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; an exception goes into it as text."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _start_clock() -> None:
    g.started_at = time.perf_counter()


def _log_request(response: Response) -> Response:
    started = g.get("started_at", time.perf_counter())
    facts = {
        "method": request.method,
        "path": request.path,  # without the query: a search may name a person
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - started) * 1000, 1),
    }
    quiet = request.path in ("/healthz", "/readyz")
    log.log(logging.DEBUG if quiet else logging.INFO, "request", extra={"facts": facts})
    return response


def init_app(app: Flask, *, level: str) -> None:
    """Send every logger's lines to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    app.before_request(_start_clock)
    app.after_request(_log_request)
