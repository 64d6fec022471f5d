"""Addresses of static files."""

import hashlib
from pathlib import Path

from flask import Flask, render_template_string, url_for


def test_an_address_says_what_is_in_the_file(app: Flask) -> None:
    content = (Path(app.root_path) / "static/web/logo.svg").read_bytes()
    with app.test_request_context("/"):
        address = url_for("static", filename="web/logo.svg")
        assert address == f"/static/web/logo.svg?v={hashlib.sha256(content).hexdigest()[:10]}"
        assert render_template_string("{{ static_url('web/logo.svg') }}") == address
        assert url_for("static", filename="web/nope.svg") == "/static/web/nope.svg"
