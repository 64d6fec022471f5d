"""Whether a password is good enough; what is told when it isn't."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zxcvbn import zxcvbn

from shop.errors import N_, Invalid

SHORTEST = 10
LONGEST = 128
LONGEST_BYTES = 4096  # what the library of hashes takes
WEAKEST_SCORE = 3  # of 4: "safely unguessable: moderate protection from offline slow-hash scenario"


@dataclass(frozen=True)
class NewPassword:
    """A password that somebody shall have, and its hash: made before the transaction, since that takes its time."""

    text: str
    hash: str


def check_password(password: str, *, known: Sequence[str] = ()) -> None:
    """Raises Invalid when a password is too short or easily guessed. `known` are words that belong to the person."""
    password = unicodedata.normalize("NFC", password)  # й is one letter, however it was typed
    if len(password) < SHORTEST:
        text = N_("The password must have at least %(shortest)d characters.")
        raise Invalid("password_short", text, field="password", shortest=SHORTEST)
    if len(password) > LONGEST or bytes_of(password) > LONGEST_BYTES:
        text = N_("The password can have at most %(longest)d characters.")
        raise Invalid("password_long", text, field="password", longest=LONGEST)
    if zxcvbn(password[:72], user_inputs=_words(known))["score"] < WEAKEST_SCORE:
        text = N_("This password is easily guessed. Take several words that don’t belong together.")
        raise Invalid("password_weak", text, field="password")


def bytes_of(password: str) -> int:
    """How long it is in the form that is hashed: one sign may come apart into many."""
    return len(unicodedata.normalize("NFKD", password).encode(errors="replace"))


def _words(known: Sequence[str]) -> list[str]:
    """What is known, as a whole and word by word: the name of olena@shop.ua is no good password either."""
    return [*known, *(word for text in known for word in re.split(r"[\W_]+", text) if word)]
