"""Where a page may lead back to: addresses of this site only."""

import re
from urllib.parse import urlsplit

from flask import request

_OWN_ADDRESS = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")  # browsers drop tabs, and read \ as /


def own_address(address: str, otherwise: str = "/admin/") -> str:
    """An address on this site without its host, anything else replaced."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    if parts.scheme in ("http", "https") and parts.netloc == request.host:
        address = parts.path + (f"?{parts.query}" if parts.query else "")
    return address if is_own(address) else otherwise


def is_own(address: str) -> bool:
    """Whether an address without a host stays on this site, however a browser reads it."""
    return _OWN_ADDRESS.fullmatch(address) is not None
