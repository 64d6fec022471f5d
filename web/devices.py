"""The browser as we know it: by a signed cookie that it keeps after signing out, and by what it calls itself."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, request
from flask_babel import gettext
from itsdangerous import BadData, URLSafeSerializer

from shop.accounts.devices import device_of
from shop.accounts.operations import Browser
from shop.accounts.tokens import fresh_token

COOKIE = "komora_device"
PATH = "/auth"
KNOWN_FOR = timedelta(days=365)


def known_token() -> str:
    """The token that the browser carries, or nothing."""
    try:
        token = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return ""
    return token if isinstance(token, str) else ""


def browser() -> Browser:
    """The browser that asks; one that carries no token gets a fresh one."""
    agent = request.user_agent.string
    return Browser(user_agent=agent, address=request.remote_addr or "", device_token=known_token() or fresh_token())


def remember_device(answer: Any, token: str) -> None:
    """Let the browser carry its token, so that strangers' wrong passwords don't hold its owner up."""
    answer.set_cookie(
        COOKIE,
        _signer().dumps(token),
        max_age=KNOWN_FOR,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def device_words(user_agent: str) -> str:
    """`Firefox, Windows`; in words when the browser doesn't say."""
    device = device_of(user_agent)
    known = [each for each in (device.browser, device.system) if each]
    return ", ".join(known) or gettext("An unknown browser")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-device")


def init_app(app: Flask) -> None:
    """Let templates tell a device in words."""
    app.jinja_env.filters["device_words"] = device_words
