"""Which passwords the shop takes, in which words it refuses others; needs no database."""

import unicodedata

import pytest

from shop.accounts.passwords import LONGEST, LONGEST_BYTES, bytes_of, check_password
from tests.factories import refused


@pytest.mark.parametrize("password", ["кіт-мандрує-на-дах", "correct horse battery", "їжак-несе-йогурт-додому"])
def test_several_words_that_do_not_belong_together_are_taken(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize("password", ["password123", "йцукенйцукен", "qwertyuiop", "1234567890", "aaaaaaaaaaaa"])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with refused("password_weak"):
        check_password(password)


@pytest.mark.parametrize("password", ["", "Xk9#vq2Lp", "йййїїїґґ"])
def test_fewer_than_ten_characters_are_refused(password: str) -> None:
    with refused("password_short"):
        check_password(password)


def test_the_two_signs_of_one_letter_count_once() -> None:
    nine = unicodedata.normalize("NFD", "їйїйїйїйї")
    assert len(nine) == 18
    with refused("password_short"):
        check_password(nine)


def test_a_password_without_end_is_refused() -> None:
    with refused("password_long"):
        check_password("кіт мандрує " * 20)
    check_password(("кіт мандрує на дах " * 20)[:LONGEST])


def test_signs_that_come_apart_beyond_what_can_be_hashed_are_refused() -> None:
    password = "ﷺ" * LONGEST
    assert bytes_of(password) > LONGEST_BYTES
    with refused("password_long"):
        check_password(password)


def test_the_persons_own_name_and_address_make_no_good_password() -> None:
    check_password("kryshtalenko")
    with refused("password_weak"):
        check_password("kryshtalenko", known=["olha.kryshtalenko@shop.ua", "Ольга Кришталенко"])
