"""Passwords at the edge: one spelling before the hash, and whether one is right."""

import unicodedata
from functools import cache
from typing import Final

import flask_security
from flask_security import verify_password

from shop.accounts.models import Account
from shop.accounts.passwords import LONGEST_BYTES, NewPassword, bytes_of

NORMAL_FORM: Final = "NFKD"


def hash_password(password: str) -> str:
    """The hash that signing in compares with: й may come as one sign or as two, the hash is of the same."""
    return str(flask_security.hash_password(_normal(password)))


def new_password(text: str) -> NewPassword:
    """A password with its hash, for a deed to come; one that is too long gets none, and the deed refuses it."""
    return NewPassword(text, hash_password(text) if bytes_of(text) <= LONGEST_BYTES else "")


def is_password_of(account: Account | None, password: str) -> bool:
    """Whether it is right; of nobody it is wrong, and that takes as long."""
    if bytes_of(password) > LONGEST_BYTES:
        return False
    stored = account.password if account is not None else None
    return bool(verify_password(_normal(password), stored or _nobodys_hash())) and stored is not None


@cache
def _nobodys_hash() -> str:
    return hash_password("nobody")


def _normal(password: str) -> str:
    return unicodedata.normalize(NORMAL_FORM, password)
