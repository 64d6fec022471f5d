"""Passwords at the edge: what is kept of them, and which one is right."""

import unicodedata

from flask import Flask

from shop.accounts.models import Account
from shop.accounts.passwords import LONGEST_BYTES
from tests.factories.people import PASSWORD
from web.passwords import hash_password, is_password_of, new_password

OTHER_PASSWORD = "вітрила-під-ковдрою-42"


def test_a_password_fits_in_every_spelling_of_its_letters(app: Flask) -> None:
    account = Account(password=hash_password(unicodedata.normalize("NFC", PASSWORD)))
    assert is_password_of(account, unicodedata.normalize("NFD", PASSWORD))
    assert not is_password_of(account, OTHER_PASSWORD)


def test_of_nobody_every_password_is_wrong(app: Flask) -> None:
    assert not is_password_of(None, "nobody")
    assert not is_password_of(Account(password=None), "nobody")


def test_what_is_longer_than_any_hash_takes_gets_none_and_is_wrong(app: Flask) -> None:
    endless = "ї" * LONGEST_BYTES
    assert new_password(endless).hash == ""
    assert not is_password_of(Account(password=hash_password(PASSWORD)), endless)
