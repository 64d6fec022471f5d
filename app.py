"""The composition root: puts shop, interfaces and environment together; the only module that knows all of them."""

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import api
import backoffice
import commands
import settings
import storefront
from shop import db, tables
from web import accounts as account_pages
from web import (
    areas,
    bounds,
    drifts,
    errors,
    formats,
    fragments,
    headers,
    health,
    labels,
    languages,
    logs,
    places,
    sessions,
    static_urls,
    texts,
)

csrf = CSRFProtect()


def create_app(**overrides: Any) -> Flask:
    """The application as the environment describes it; `overrides` replace single configuration values in tests."""
    environment = settings.load()
    app = Flask(__name__, static_folder="static", template_folder="web/templates")
    app.config.update(_configuration(environment) | overrides)
    if environment.trusted_proxies:
        hops = environment.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.init_app(app, level=environment.log_level)
    headers.init_app(app)
    places.init_app(app)
    bounds.init_app(app)
    sessions.init_app(app)
    static_urls.init_app(app)
    languages.init_app(app)
    texts.init_app(app)
    formats.init_app(app)
    fragments.init_app(app)
    labels.init_app(app)
    drifts.init_app(app)
    db.init_app(app)
    app.extensions["tables"] = tables.ALL
    csrf.init_app(app)
    account_pages.init_app(app)
    errors.init_app(app)
    app.register_blueprint(health.health)
    storefront.init_app(app)
    backoffice.init_app(app)
    api.init_app(app)
    commands.init_app(app)
    areas.init_app(app)
    return app


def _configuration(environment: settings.Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": environment.secret_key,
        "SQLALCHEMY_DATABASE_URI": environment.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(environment.database_url),
        "REDIS_URL": environment.redis_url,
        "DEMO": environment.demo,
        "SELLER": environment.seller,
        "TRUSTED_HOSTS": list(environment.allowed_hosts),
        "SESSION_COOKIE_NAME": "komora",
        "SESSION_COOKIE_SECURE": environment.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch still saves; the token dies with the session
    }


def _engine_options(url: str) -> dict[str, Any]:
    """A pool not smaller than the threads of a worker; a server that went away is noticed before it is asked."""
    return {"pool_size": 8, "max_overflow": 4} | ({} if url.startswith("sqlite") else {"pool_pre_ping": True})
