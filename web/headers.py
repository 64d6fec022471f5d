"""Request ids, the content security policy (with a nonce where pages are not shared), and the other headers."""

import re
import secrets

from flask import Flask, Response, g, request

from web.areas import area_of

_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SHARED_POLICY = _POLICY.format(nonce="")
"""Of pages that are kept for all: files of ours alone, and a nonce can't be the same for two."""
SHARED = frozenset({"storefront"})
SHARED_SECONDS = "1"
"""How long Nginx shows such a page to others; it keeps this header to itself."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def csp_nonce() -> str:
    """The nonce of this request, the same for all its scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _name_request() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _guard_answer(response: Response) -> Response:
    area, headers = area_of(request.path), response.headers
    policy = _POLICY.format(nonce=f" 'nonce-{csp_nonce()}'") if area.session else _SHARED_POLICY
    headers["X-Request-ID"] = g.get("request_id", "")
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    if area.session:
        headers["Cache-Control"] = area.cache
    else:
        headers.setdefault("Cache-Control", area.cache)
        if request.blueprint in SHARED and response.status_code == 200 and "Set-Cookie" not in headers:
            headers["X-Accel-Expires"] = SHARED_SECONDS
    return response


def init_app(app: Flask) -> None:
    """Name each request and guard each answer."""
    app.before_request(_name_request)
    app.after_request(_guard_answer)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
