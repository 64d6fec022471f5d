"""Enums that say what their members are called."""

from enum import StrEnum


class Worded(StrEnum):
    """A StrEnum whose members are `value, N_("the word in plain English")`; a member without a word is an error."""

    word: str
    """What people read instead of the value; translated when it is shown."""

    def __new__(cls, value: str, word: str = "") -> "Worded":
        """A member; its text is the value alone."""
        if not word:
            raise TypeError(f"{cls.__name__} {value!r} has no word")
        member = str.__new__(cls, value)
        member._value_ = value
        member.word = word
        return member
