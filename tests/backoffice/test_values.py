"""Values of fields in words."""

from decimal import Decimal

from flask import Flask
from werkzeug.datastructures import MultiDict

from backoffice.catalog.game_form import EditionForm, GameForm
from backoffice.values import texts_of, told, words_of


def test_equal_values_have_equal_texts_however_they_were_typed(app: Flask) -> None:
    with app.test_request_context():
        one, other = (
            EditionForm(MultiDict({"price": typed, "weight_grams": " 5"})) for typed in ("1 299,50", "1299.50")
        )
        assert texts_of(one.price) == texts_of(other.price) == ["1299,50"]
        assert texts_of(EditionForm(MultiDict({"price": "дорого"})).price) == ["дорого"]
        texts = [GameForm(formdata=None, data={"description": each}) for each in ("а\r\nб ", "а\nб")]
        assert texts_of(texts[0].description) == texts_of(texts[1].description)


def test_values_are_told_in_words(app: Flask) -> None:
    with app.test_request_context():
        form = EditionForm(None, data={"price": Decimal("1299.5"), "language": "uk"})
        assert words_of(form.price, ["1299,50"]) == "1\N{NO-BREAK SPACE}299,50\N{NO-BREAK SPACE}₴"
        assert words_of(form.price, [""]) == "—"
        assert words_of(form.language, ["en"]) == "англійська"
        game = GameForm(formdata=None, data={"is_expansion": True, "designers": ("Кніція", "Розенберг")})
        assert words_of(game.is_expansion, texts_of(game.is_expansion)) == "так"
        assert dict(told(game))["Автори"] == "Кніція, Розенберг"
        assert "key" not in {name for name, _ in told(game)}
