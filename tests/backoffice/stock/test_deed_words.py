"""The words of the script: every kind of number has its form."""

from flask import Flask
from flask_babel import force_locale, ngettext

from backoffice.stock.deed_words import scan_words


def test_each_counted_word_has_the_three_forms_of_ukrainian(app: Flask) -> None:
    with app.test_request_context("/admin/"), force_locale("uk"):
        words = scan_words(lambda n: ngettext("Receive %(num)s copy", "Receive %(num)s copies", n))
    assert words["deed"] == {
        "one": "Прийняти {n} примірник",
        "few": "Прийняти {n} примірники",
        "many": "Прийняти {n} примірників",
    }
    assert all(set(forms) == {"one", "few", "many"} for forms in words.values() if isinstance(forms, dict))
