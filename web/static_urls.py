"""The address of a static file says what is in it, so that browsers may keep it for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for


def init_app(app: Flask) -> None:
    """Add `v`, a hash of the file, to the addresses of our static files.

    A file is read once: the files of a running program don't change, but while somebody works on them.
    """
    folder = Path(str(app.static_folder))

    def read(name: str) -> str | None:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else None

    version = read if app.debug else lru_cache(maxsize=256)(read)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and (known := version(str(values.get("filename", "")))):
            values["v"] = known

    def address(name: str) -> str:
        return url_for("static", filename=name)

    app.jinja_env.globals["static_url"] = address if app.debug else lru_cache(maxsize=256)(address)
