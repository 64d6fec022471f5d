"""The address of a static file says what is in it, so that browsers may keep it for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask


@lru_cache(maxsize=256)
def _version(path: Path, changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    """Add `v`, a hash of the file, to the addresses of our static files."""

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" or "v" in values or not app.static_folder:
            return
        path = Path(app.static_folder) / str(values.get("filename", ""))
        if path.is_file():
            values["v"] = _version(path, path.stat().st_mtime_ns)
