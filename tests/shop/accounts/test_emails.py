"""One spelling for each address."""

import pytest

from shop.accounts.emails import normal_email
from tests.factories import refused


@pytest.mark.parametrize("text", ["olena@shop.ua", " Olena@Shop.UA ", "OLENA@SHOP.UA", "olena@ｓhop.ua"])
def test_an_address_has_one_spelling(text: str) -> None:
    assert normal_email(text) == "olena@shop.ua"


def test_a_domain_in_ukrainian_is_the_same_in_its_latin_form() -> None:
    assert normal_email("olena@крамниця.укр") == normal_email("olena@" + "крамниця.укр".encode("idna").decode())


@pytest.mark.parametrize(
    "text", ["", "olena", "olena@", "@shop.ua", "olena@shop", "o lena@shop.ua", "olena@shop.local"]
)
def test_what_nobody_could_sign_in_with_is_refused(text: str) -> None:
    with refused("email_wrong"):
        normal_email(text)


def test_a_very_long_address_is_refused() -> None:
    with refused("email_wrong"):
        normal_email(f"{'o' * 64}@{'a.' * 110}ua")
