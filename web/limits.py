"""How often one may try to sign in, per account and per address; counted in Redis when there is one."""

import hashlib
import time
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address

PER_ACCOUNT = "5 per minute; 30 per hour"
PER_ADDRESS = "30 per minute; 300 per hour"  # a whole office may sit behind one address
LIMITED = ("security.login", "security.verify", "security.change_password")

limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def _account() -> str:
    """The e-mail that is tried, or the session's own account; hashed, so that no store of counters holds addresses."""
    tried = request.form.get("email") or (request.get_json(silent=True) or {}).get("email") or ""
    named = str(tried).strip().lower() or request.cookies.get(current_app.config["SESSION_COOKIE_NAME"], "")
    return hashlib.sha256(named.encode()).hexdigest()


def _only_reads() -> bool:
    return request.method != "POST"


def _too_often(error: RateLimitExceeded) -> Response:
    seconds = max(int(limiter.current_limit.reset_at - time.time()) + 1, 1) if limiter.current_limit else 60
    answer = make_response(render_template("web/too_often.html", minutes=-(-seconds // 60)), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def init_app(app: Flask) -> None:
    """Bound the views of Flask-Security, which has no limit of its own."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["REDIS_URL"] or "memory://")
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)  # a dead Redis doesn't close the shop
    limiter.init_app(app)
    for name in LIMITED:
        view: Any = app.view_functions[name]
        view = limiter.limit(PER_ACCOUNT, key_func=_account, exempt_when=_only_reads, scope="account")(view)
        app.view_functions[name] = limiter.limit(PER_ADDRESS, exempt_when=_only_reads, scope="address")(view)
    app.register_error_handler(RateLimitExceeded, _too_often)
