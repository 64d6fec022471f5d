"""A game as a card among others, kept as long as all that it shows stays the same."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import current_app
from markupsafe import Markup

from shop.pages.cards import Card
from shop.stock.rules import Availability
from storefront.addresses import BASES
from storefront.covers import cover
from web.fragments import fragments
from web.languages import spoken

CHIPS = {Availability.IN_STOCK: "ok", Availability.LOW: "warn", Availability.OUT: "", Availability.COMING: ""}


def cards(shown: Iterable[Card], asked: str = "") -> Markup:
    """The cards of some games, in the language of the page. `asked` ends their addresses: the editions they tell of."""
    language, kept = spoken(), fragments().pieces
    # the card's own row is its version: whatever of it changes, another card is made
    return Markup("").join([kept.get((card.id, language, asked), card, partial(_card, card, asked)) for card in shown])


def _card(card: Card, asked: str) -> Markup:
    drawn = cover(card.id, card.title, players=card.max_players, spoken_of=False)
    template: Any = current_app.jinja_env.get_template("storefront/_card.html").module
    address = f"{BASES[spoken()]}games/{card.slug}{asked}"
    return Markup(template.card(card, drawn, address, CHIPS[card.availability]))  # noqa: S704  # escaped by Jinja
