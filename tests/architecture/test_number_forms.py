"""Every counter of the interface has the right Ukrainian form at each kind of number."""

import re

import pytest
from flask import Flask
from flask_babel import ngettext, npgettext

from translations.catalogues import read

FORMS = {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 21: 0, 22: 1, 25: 2, 101: 0, 111: 2, 1002: 1}
COUNTERS = {
    "player": ("гравець", "гравці", "гравців"),
    "difference": ("розбіжність", "розбіжності", "розбіжностей"),
    "level": ("залишок", "залишки", "залишків"),
    "minute": ("хвилина", "хвилини", "хвилин"),
    "movement": ("рух", "рухи", "рухів"),
}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_counter_takes_the_form_of_its_number(app: Flask) -> None:
    counters = [message for message in read("messages") if isinstance(message.id, tuple)]
    words = {message.id[0]: message for message in counters if message.context == "counter"}
    with app.test_request_context("/"):
        for number, form in FORMS.items():
            for message in counters:
                one, many = message.id
                values = {name: name for name in re.findall(r"%\((\w+)\)", many) if name != "num"}
                found = (
                    npgettext(message.context, one, many, number, **values)
                    if message.context
                    else ngettext(one, many, number, **values)
                )
                assert found == message.string[form] % ({"num": number} | values)
            for word, forms in COUNTERS.items():
                assert npgettext("counter", *words[word].id, number) == forms[form]
