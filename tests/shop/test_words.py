"""Enums that say what their members are called."""

from enum import StrEnum

import pytest

import shop.tables  # noqa: F401  # loads every module of the shop that has a table
from shop.accounts.rules import ROLE_WORDS, ROLES
from shop.words import Worded


class Mood(Worded):
    CALM = "calm", "quiet and calm"


def test_a_member_is_its_value_and_knows_its_word() -> None:
    assert Mood.CALM == "calm"
    assert f"{Mood.CALM}" == Mood.CALM.value == "calm"
    assert Mood("calm") is Mood.CALM
    assert Mood.CALM.word == "quiet and calm"


def test_a_member_without_a_word_can_not_be_written() -> None:
    with pytest.raises(TypeError):

        class Silent(Worded):
            QUIET = "quiet"


def test_every_enum_of_the_rules_has_words() -> None:
    plain = [
        kind for kind in StrEnum.__subclasses__() if kind.__module__.startswith("shop.") and "rules" in kind.__module__
    ]
    assert plain == []


def test_every_built_in_role_has_a_word() -> None:
    assert set(ROLE_WORDS) == set(ROLES)
