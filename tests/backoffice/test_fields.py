"""Fields that Ukrainian staff type into."""

from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.fields import EnumField, HundredthsField, LinkField, MoneyField, NamesField, NumberField, WholeField
from shop.catalog.rules.editions import Language


class Typed(Form):
    money = MoneyField()
    weight = HundredthsField()
    whole = WholeField()
    unseen = NumberField()
    names = NamesField()
    language = EnumField("", Language)
    links = LinkField(lookup="games.lookup", named=lambda ids: [(each, str(each)) for each in ids], multiple=True)


def _typed(**values: object) -> Typed:
    return Typed(MultiDict(values))


@pytest.mark.parametrize("text", ["1299,5", "1 299,50", "1299.50 ₴"])
def test_an_amount_is_read_as_people_write_it(app: Flask, text: str) -> None:
    with app.test_request_context():
        assert _typed(money=text).money.data == Decimal("1299.50")


def test_what_is_no_number_is_refused_and_stays_typed(app: Flask) -> None:
    with app.test_request_context():
        form = _typed(money="багато", weight="x", whole="2,5", language="uk")
        assert not form.validate()
        assert set(form.errors) >= {"money", "weight", "whole"}
        assert (form.money._value(), form.whole.data) == ("багато", None)


def test_a_whole_number_may_be_left_out_and_a_hidden_one_is_nought(app: Flask) -> None:
    with app.test_request_context():
        form = _typed(whole=" ", unseen="-1")
        assert (form.whole.data, form.unseen.data) == (None, 0)


def test_names_are_separated_by_commas_and_written_so(app: Flask) -> None:
    with app.test_request_context():
        assert _typed(names=" Уве, , Анна ").names.data == ("Уве", "Анна")
        assert Typed(data={"names": ("Уве", "Анна")}).names._value() == "Уве, Анна"


def test_a_choice_is_a_member_of_its_enum(app: Flask) -> None:
    with app.test_request_context():
        assert _typed(language="en").language.data is Language.ENGLISH
        assert not _typed(language="tlh").validate()


def test_links_are_numbers_and_what_was_typed_but_not_chosen_is_refused(app: Flask) -> None:
    with app.test_request_context():
        assert _typed(links="7").links.data == frozenset({7})
        assert not Typed(MultiDict({"language": "uk", "links-typed": "Ігро"})).validate()
