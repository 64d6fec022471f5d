"""How Ukrainian names are folded for search, sorted, and spelled in Latin letters for addresses."""

import re
import unicodedata
from difflib import SequenceMatcher

APOSTROPHES = "'’ʼ`´‘ʹ"
_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ORDER = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
_LATIN_AFTER_CYRILLIC = {chr(ord("a") + place): chr(0x100 + place) for place in range(26)}
_NUMBER = re.compile(r"[0-9]+")
_NOT_WORD = re.compile(r"[^\w]+|_+")

# Cabinet of Ministers of Ukraine, resolution 55 of 27.01.2010: the letter elsewhere, and at the start of a word
_LATIN = dict(zip("абвгґдезиіклмнопрстуф", "abvhgdezyiklmnoprstuf", strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "є": "ie",
    "ї": "i",
    "й": "i",
    "ю": "iu",
    "я": "ia",
}
_LATIN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LATIN_FOREIGN = {"ы": "y", "э": "e", "ё": "io", "ъ": ""}  # not Ukrainian, but met in names
_COMPANY_WORDS = {"games", "game", "publishing", "ltd", "inc", "studio", "видавництво", "тов", "ігри"}


def fold(text: str) -> str:
    """A text as search compares it: small, words apart by one space, no apostrophes, ґ as г, Latin without marks.

    «Об’єднання», "обʼєднання" and «обєднання» fold to the same.
    """
    composed = unicodedata.normalize("NFKC", text).lower().translate(_NO_APOSTROPHES).replace("ґ", "г")
    plain = "".join(_without_mark(letter) for letter in composed)
    return " ".join(_NOT_WORD.sub(" ", plain).split())


def _without_mark(letter: str) -> str:
    """`é` is searched as `e`; й and ї are letters of their own."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def terms(*texts: str) -> set[str]:
    """The folded words of some texts, each at most 60 letters long."""
    return {word[:60] for text in texts for word in fold(text).split()}


def sort_key(text: str) -> str:
    """A key for Ukrainian order when compared byte by byte: numbers by size, Cyrillic with ґ after г, then Latin."""
    key = []
    for letter in unicodedata.normalize("NFKC", text).lower().translate(_NO_APOSTROPHES):
        plain = _without_mark(letter)
        if plain in _ORDER or plain in _LATIN_AFTER_CYRILLIC:
            key.append(_ORDER.get(plain) or _LATIN_AFTER_CYRILLIC[plain])
        elif plain.isdigit() and plain.isascii():
            key.append(plain)
        elif key and key[-1] != " ":
            key.append(" ")
    return _NUMBER.sub(_numbered, "".join(key)).strip()[:120]


def _numbered(number: re.Match[str]) -> str:
    """Digits behind how many they are, so that 7 stands before 13: `17`, `213`; nine and more count on with a 9."""
    digits = number[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return "9" * nines + str(rest) + digits


def latin(text: str) -> str:
    """A Ukrainian text in Latin letters (resolution 55 of 2010), small."""
    written = []
    previous = ""
    for letter in unicodedata.normalize("NFC", text).lower().translate(_NO_APOSTROPHES):
        if letter == "г" and previous == "з":
            written.append("gh")
        elif not previous.isalpha() and letter in _LATIN_FIRST:
            written.append(_LATIN_FIRST[letter])
        else:
            written.append(_LATIN.get(letter, _LATIN_FOREIGN.get(letter, _without_mark(letter))))
        previous = letter
    return "".join(written)


def slug(text: str) -> str:
    """The name as a part of an address: Latin letters, digits and single hyphens, at most 100 of them."""
    spelled = re.sub(r"[^a-z0-9]+", "-", latin(text)).strip("-")
    return spelled[:100].strip("-") or "gra"


def company_key(name: str) -> str:
    """A publisher's name such that its spellings meet: Latin, no spaces, no words like «Games» or «видавництво»."""
    words = [word for word in fold(name).split() if word not in _COMPANY_WORDS] or fold(name).split()
    spelled = re.sub(r"[^a-z0-9]", "", latin("".join(words)))
    return spelled.replace("h", "g")[:120]  # г is written both ways: «Ігромаг», Ihromah, Igromag


def alike(key: str, other: str) -> bool:
    """Whether two company keys may be one name: equal, or at most about one letter in seven apart."""
    return key == other or SequenceMatcher(None, key, other).ratio() >= 0.86
