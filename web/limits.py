"""How often one may try a password, per account and per address; counted in Redis when there is one."""

import hashlib
import math
import time
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_security import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from shop.accounts.emails import normal_email
from shop.errors import Invalid

PER_ACCOUNT = "5 per minute; 20 per hour"
PER_ADDRESS = "20 per minute; 200 per hour"  # a whole office may sit behind one address
SIGN_IN = "security.login"
LIMITED = (SIGN_IN, "security.verify", "security.change_password")
REDIS_SECONDS = 1  # a Redis that doesn't answer must not hold up who signs in


def _account() -> str:
    """Whose password is tried; hashed, so that no store of counters holds addresses."""
    return hashlib.sha256(_email().encode()).hexdigest()


def _email() -> str:
    """Read as Flask-Security's forms read it, and in the spelling that it compares; else one could dodge by spelling.

    Only signing in may name an account: elsewhere it is the signed-in one, whatever the form says.
    """
    if request.endpoint != SIGN_IN:
        return str(getattr(current_user, "email", ""))
    sent = request.form or MultiDict(request.get_json(silent=True) or {})
    tried = str(sent.get("email") or "")
    try:
        return normal_email(tried)
    except Invalid:
        return tried.strip().lower()


def _only_reads() -> bool:
    return request.method != "POST"


def _too_often(limiter: Limiter, _error: RateLimitExceeded) -> Response | AnyResponse:
    broken = limiter.current_limit
    seconds = max(math.ceil(broken.reset_at - time.time()), 1) if broken else 60
    if request.is_json or request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        problem = current_app.handle_http_exception(TooManyRequests(retry_after=seconds))
        return current_app.make_response(problem)  # web/errors.py writes it
    answer = make_response(render_template("web/too_often.html", minutes=math.ceil(seconds / 60)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def init_app(app: Flask) -> None:
    """Bound the views that take a password; Flask-Security has no limit of its own."""
    redis = app.config["REDIS_URL"]
    waits: dict[str, str | int] = {"socket_connect_timeout": REDIS_SECONDS, "socket_timeout": REDIS_SECONDS}
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=redis.replace("unix://", "redis+unix://", 1) or "memory://",
        storage_options=waits if redis else {},
        in_memory_fallback_enabled=True,  # a dead Redis doesn't close the shop
        swallow_errors=True,  # nor does anything else of the counting
        key_prefix="komora",
    )
    for name in LIMITED:
        view: Any = app.view_functions[name]
        view = limiter.limit(PER_ACCOUNT, key_func=_account, exempt_when=_only_reads, scope="account")(view)
        app.view_functions[name] = limiter.limit(PER_ADDRESS, exempt_when=_only_reads, scope="address")(view)
    app.register_error_handler(RateLimitExceeded, partial(_too_often, limiter))
