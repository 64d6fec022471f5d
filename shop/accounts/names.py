"""Names of people and roles as they are kept; no database."""

import unicodedata

from shop.errors import N_, Invalid

LONGEST = 80


def checked_name(name: str) -> str:
    """The name with single spaces. Raises Invalid."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST:
        raise Invalid("name_wrong", N_("Give a name of at most 80 letters."), field="name")
    return name


def name_key(name: str) -> str:
    """What two names share that differ in capitals or in the spelling of й: at most 255 characters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())[:255]
