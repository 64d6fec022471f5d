"""The page of one game."""

from decimal import Decimal
from typing import Any

from flask import Response, request

from shop.catalog.rules.editions import Condition
from shop.catalog.rules.wishes import Wish, weight_of
from shop.pages.game import GamePage, Offer, game_page
from shop.stock.rules import Availability
from storefront.addresses import editions_asked, place_of, read_wish
from storefront.cards import CHIPS, cards
from storefront.covers import cover
from storefront.descriptions import description_of_game, title_of_game
from storefront.site import Reading, absolute, pages, public_page, rendered
from web.languages import spoken

SCHEMA = {Availability.IN_STOCK: "InStock", Availability.LOW: "LimitedAvailability", Availability.OUT: "OutOfStock"}
SCHEMA[Availability.COMING] = "OutOfStock"


@pages.route("/games/<slug>", defaults={"language": "uk"})
@pages.route("/<any(en):language>/games/<slug>")
def game(slug: str, language: str) -> Response:
    """One game; the address may name the editions that are asked for."""
    wish = editions_asked(read_wish(request.args))
    return public_page(f"games/{slug}{place_of(wish)}", lambda reading: _made(slug, wish, reading))


def _made(slug: str, wish: Wish, reading: Reading) -> str:
    shown = game_page(slug, wish=wish, connection=reading.connection)
    place = f"games/{shown.game.slug}"
    return rendered(
        "game.html",
        place=place + place_of(wish),
        canonical_place=place,
        title=title_of_game(shown),
        description=description_of_game(shown),
        shown=shown,
        chips=CHIPS,
        weight=weight_of(shown.game.weight) if shown.game.weight else None,
        cover=cover(shown.game.id, shown.game.title, players=shown.game.max_players),
        expansions=cards(shown.expansions),
        linked_data=linked_data(shown, absolute(place, spoken())),
    )


def linked_data(shown: GamePage, address: str) -> dict[str, Any]:
    """The game at its address as schema.org's Product for searchers, with the offers that were asked for."""
    product: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": shown.game.title,
        "description": description_of_game(shown),
        "url": address,
    }
    if shown.game.publisher:
        product["brand"] = {"@type": "Brand", "name": shown.game.publisher}
    return product | {"offers": [_offer(each, address) for each in shown.wanted]}


def _offer(offer: Offer, address: str) -> dict[str, Any]:
    edition = offer.edition
    told = {
        "@type": "Offer",
        "url": address + place_of(Wish(language=edition.language, condition=edition.condition)),
        "price": format(edition.price.quantize(Decimal("0.01")), "f"),
        "priceCurrency": "UAH",
        "availability": f"https://schema.org/{SCHEMA[offer.availability]}",
        "itemCondition": f"https://schema.org/{_condition(edition.condition)}",
        "sku": edition.sku,
    }
    return told | ({"gtin13": edition.ean13} if edition.ean13 else {})


def _condition(condition: Condition) -> str:
    return "NewCondition" if condition is Condition.NEW else "DamagedCondition"
