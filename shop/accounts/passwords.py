"""Whether a password is good enough; what is told when it isn't."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from zxcvbn import zxcvbn

from shop.errors import N_, Invalid

Hasher = Callable[[str], str]
SHORTEST = 10
LONGEST = 128
WEAKEST_SCORE = 3  # of 4: "safely unguessable: moderate protection from offline slow-hash scenario"


def check_password(password: str, *, known: Sequence[str] = ()) -> None:
    """Raises Invalid when a password is too short or easily guessed. `known` are words that belong to the person."""
    password = unicodedata.normalize("NFC", password)  # й is one letter, however it was typed
    if len(password) < SHORTEST:
        text = N_("The password must have at least %(shortest)d characters.")
        raise Invalid("password_short", text, field="password", shortest=SHORTEST)
    if len(password) > LONGEST:
        text = N_("The password can have at most %(longest)d characters.")
        raise Invalid("password_long", text, field="password", longest=LONGEST)
    if zxcvbn(password[:72], user_inputs=_words(known))["score"] < WEAKEST_SCORE:
        text = N_("This password is easily guessed. Take several words that don’t belong together.")
        raise Invalid("password_weak", text, field="password")


def _words(known: Sequence[str]) -> list[str]:
    """What is known, as a whole and word by word: the name of olena@shop.ua is no good password either."""
    return [*known, *(word for text in known for word in re.split(r"[\W_]+", text) if word)]
