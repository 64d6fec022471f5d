"""Cards of games."""

from decimal import Decimal

import pytest
from flask import Flask

from shop.pages.cards import Card
from storefront.cards import cards
from web.fragments import fragments

CARD = Card(7, "Каркасон", "karkason", False, 2, 5, 30, 45, 8, Decimal(890), True, 1, True)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_card_tells_what_one_chooses_by(app: Flask) -> None:
    with app.test_request_context("/"):
        card = cards([CARD])
    assert '<a href="/games/karkason">' in card
    assert "<span>2–5\N{NO-BREAK SPACE}гравців</span><span>30–45\N{NO-BREAK SPACE}хв</span><span>8+</span>" in card
    assert '890\N{NO-BREAK SPACE}₴<span class="chip ok">є в наявності</span>' in card


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"price_from": Decimal(900)}, "900\N{NO-BREAK SPACE}₴"),
        ({"price_from": None}, ">—<"),
        ({"in_stock": False}, "немає в наявності"),
        ({"plenty": False}, '<span class="chip warn">закінчується</span>'),
        ({"editions": 2}, "від 890"),
        ({"is_expansion": True}, "доповнення"),
        ({"title": "<b>Каркасон"}, "<h2>&lt;b&gt;Каркасон</h2>"),
        ({"max_players": 2}, "<span>2\N{NO-BREAK SPACE}гравці</span>"),
        ({"min_players": 1, "max_players": 1}, "<span>1\N{NO-BREAK SPACE}гравець</span>"),
    ],
)
def test_whatever_changes_makes_another_card(app: Flask, change: dict[str, object], told: str) -> None:
    with app.test_request_context("/"):
        first = cards([CARD])
        assert told not in first
        assert told in cards([CARD._replace(**change)])
        assert cards([CARD]) == first


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_cards_of_two_languages_do_not_mix(app: Flask) -> None:
    with app.test_request_context("/"):
        cards([CARD])
    assert len(fragments().pieces) == 1
    # a page of its own has an application context of its own
    import contextvars

    def english() -> str:
        with app.test_request_context("/en/"):
            return str(cards([CARD]))

    told = contextvars.Context().run(english)
    assert "2–5 players" in told
    assert 'href="/en/games/karkason"' in told
    assert len(fragments().pieces) == 2
