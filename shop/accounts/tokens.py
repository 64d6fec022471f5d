"""Secrets that browsers carry: the database knows only their hashes; no database."""

import hashlib
import secrets


def fresh_token() -> str:
    """256 random bits as text for a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token; 64 characters. A random token needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
