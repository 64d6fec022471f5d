"""Passwords at the edge: one spelling before the hash, and whether one is right."""

import unicodedata
from functools import cache
from typing import Final

import flask_security
from flask_security import verify_password

from shop.accounts.models import Account

NORMAL_FORM: Final = "NFKD"
LONGEST_BYTES = 4096  # what the library of hashes takes; longer ones are nobody's


def hash_password(password: str) -> str:
    """The hash that signing in compares with: й may come as one sign or as two, the hash is of the same."""
    return str(flask_security.hash_password(_normal(password)))


def is_password_of(account: Account | None, password: str) -> bool:
    """Whether it is right; of nobody it is wrong, and that takes as long."""
    normal = _normal(password)
    if len(normal.encode()) > LONGEST_BYTES:
        return False
    stored = account.password if account is not None else None
    return bool(verify_password(normal, stored or _nobodys_hash())) and stored is not None


@cache
def _nobodys_hash() -> str:
    return hash_password("nobody")


def _normal(password: str) -> str:
    return unicodedata.normalize(NORMAL_FORM, password)
