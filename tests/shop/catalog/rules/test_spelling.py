"""Folding, sorting and romanising Ukrainian names."""

import pytest

from shop.catalog.rules.spelling import alike, company_key, fold, slug, sort_key, terms

OFFICIAL = [  # examples of the table in resolution 55 of 2010
    ("Згорани", "zghorany"),
    ("Розгон", "rozghon"),
    ("Єнакієве", "yenakiieve"),
    ("Гаєвич", "haievych"),
    ("Їжакевич", "yizhakevych"),
    ("Кадиївка", "kadyivka"),
    ("Йосипівка", "yosypivka"),
    ("Стрий", "stryi"),
    ("Щербухи", "shcherbukhy"),
    ("Юрій", "yurii"),
    ("Корюківка", "koriukivka"),
    ("Яготин", "yahotyn"),
    ("Знам'янка", "znamianka"),
    ("Ґалаґан", "galagan"),
]


@pytest.mark.parametrize(("name", "address"), OFFICIAL)
def test_addresses_follow_the_official_transliteration(name: str, address: str) -> None:
    assert slug(name) == address


@pytest.mark.parametrize("spelling", ["Об’єднання", "об'єднання", "ОБʼЄДНАННЯ", "обєднання", "об`єднання"])
def test_every_apostrophe_folds_to_the_same(spelling: str) -> None:
    assert fold(spelling) == "обєднання"


def test_words_are_searched_without_marks_of_latin_letters_but_ukrainian_letters_stay() -> None:
    assert fold("Café Ґвинт  Йод—Їжак") == "cafe гвинт йод їжак"
    assert terms("Каркасон: Мисливці", "KARK-1") == {"каркасон", "мисливці", "kark", "1"}


def test_names_stand_in_ukrainian_order() -> None:
    names = ["7 чудес", "Азул", "Гра", "Ґава", "Дім", "Еко", "Єва", "Зоря", "Іній", "Їжак", "Йод", "Яр", "Abc"]
    assert [sort_key(name) for name in names] == sorted(sort_key(name) for name in names)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("FEELINDIGO", "FeelIndigo", True),
        ("Lord of Boards", "Lords of Boards", True),
        ("Ігромаг", "Igromag", True),
        ("Geekach Games", "Geekach", True),
        ("Rozum", "Woodcat", False),
    ],
)
def test_spellings_of_one_publisher_are_noticed(one: str, other: str, same: bool) -> None:
    assert alike(company_key(one), company_key(other)) is same


def test_numbers_in_names_stand_by_their_size() -> None:
    names = ["007 агент", "7 чудес", "13 днів", "13 клюшів", "100 000 років", "1234567890", "Азул 2", "Азул 10"]
    assert sorted({*names}, key=sort_key) == names
    assert sort_key("7 Чудес") == sort_key("07  чудес")
    many = ["9" * length for length in (1, 8, 9, 10, 17, 18, 19, 40)]
    assert sorted({*many}, key=sort_key) == many
