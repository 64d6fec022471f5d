"""Editions as a line of a form needs them."""

import pytest

from shop.pages.find import line_of, line_with_code, lines_found
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("app")
CODE = "9780201379624"


@pytest.mark.parametrize("typed", [CODE, f" {CODE} ", "a-1", "A -1"])
def test_a_code_names_an_edition_with_its_copies_in_one_statement(typed: str) -> None:
    edition = editions_of(make_game(EditionFactsFactory(sku="A-1", ean13=CODE), title="Азул"))[0]
    for name, copies in (("Склад", 3), ("Зала", 4)):
        make_stock(edition, make_location(name), copies)
    with counted() as statements:
        found = line_with_code(typed)
    assert found is not None
    assert (found.sku, found.title, found.on_hand) == ("A-1", "Азул", 7)
    assert len(statements) == 1


def test_an_unknown_code_names_nothing() -> None:
    make_game()
    assert [line_with_code(code) for code in ("", "x", CODE)] == [None, None, None]


def test_an_edition_without_copies_has_none() -> None:
    edition = editions_of(make_game(title="Бенг"))[0]
    found = line_of(edition.id)
    assert found is not None
    assert (found.title, found.on_hand) == ("Бенг", 0)


def test_words_find_editions_in_the_order_of_titles_no_more_than_asked_for() -> None:
    for title in ("Вежа друга", "Азул", "Вежа", "Вежа перша"):
        make_game(title=title)
    assert [each.title for each in lines_found("веж", limit=2)] == ["Вежа", "Вежа друга"]
