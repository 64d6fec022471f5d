"""The form of a game: its fields are those of its facts."""

from dataclasses import fields
from decimal import Decimal

from flask import Flask
from werkzeug.datastructures import MultiDict

from backoffice.catalog.game_form import EditionForm, GameForm
from shop.accounts.rules import Permission
from shop.catalog.rules.editions import Language
from shop.catalog.rules.facts import EditionFacts, GameFacts
from tests.factories import EditionFactsFactory, editions_of, make_game


def test_the_forms_have_a_field_for_every_fact(app: Flask) -> None:
    with app.test_request_context():
        assert {each.name for each in fields(GameFacts)} <= {field.name for field in GameForm()}
        assert {each.name for each in fields(EditionFacts)} == {field.name for field in EditionForm()}


def test_what_is_left_empty_is_as_when_nothing_is_said(app: Flask) -> None:
    with app.test_request_context():
        form = EditionForm(MultiDict({"price": "890", "language": "en", "condition": "new", "vat_rate": "none"}))
        assert form.facts(None) == EditionFacts(Decimal(890), language=Language.ENGLISH)


def test_what_may_not_be_seen_or_changed_stays_as_it_is(app: Flask) -> None:
    edition = editions_of(make_game(EditionFactsFactory(price=Decimal(890), cost=Decimal(400))))[0]
    typed = {"editions-0-id": edition.id, "editions-0-price": "1", "editions-0-cost": "1", "editions-0-language": "en"}
    typed |= {"editions-0-condition": "new", "editions-0-vat_rate": "none", "editions-0-weight_grams": "500"}
    with app.test_request_context(method="POST", data=typed):
        form = GameForm().open_for({Permission.CATALOG_WRITE}, [edition])
        facts = form.edition_facts([edition])[0]
        assert (facts.price, facts.cost, facts.weight_grams) == (Decimal(890), Decimal(400), 500)
        assert form.editions[0].form.cost is None
