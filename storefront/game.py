"""The page of one game."""

from decimal import Decimal
from typing import Any

from flask import Response, request

from shop.catalog.rules.editions import Condition
from shop.catalog.rules.wishes import weight_of
from shop.pages.game import GamePage, game_page
from shop.stock.rules import Availability
from storefront.addresses import BASES
from storefront.cards import cards
from storefront.covers import cover
from storefront.site import Reading, pages, public_page, rendered
from web.languages import spoken

SCHEMA = {Availability.IN_STOCK: "InStock", Availability.LOW: "LimitedAvailability", Availability.OUT: "OutOfStock"}
CHIPS = {Availability.IN_STOCK: "ok", Availability.LOW: "warn", Availability.OUT: ""}


@pages.route("/games/<slug>", defaults={"language": "uk"})
@pages.route("/<any(en):language>/games/<slug>")
def game(slug: str, language: str) -> Response:
    """One game."""
    return public_page(f"games/{slug}", lambda reading: _made(slug, reading))


def _made(slug: str, reading: Reading) -> str:
    shown = game_page(slug, connection=reading.connection)
    place = f"games/{shown.game.slug}"
    return rendered(
        "game.html",
        place=place,
        canonical=request.host_url.rstrip("/") + BASES[spoken()] + place,
        shown=shown,
        chips=CHIPS,
        weight=weight_of(shown.game.weight) if shown.game.weight else None,
        cover=cover(shown.game.id, shown.game.title, players=shown.game.max_players),
        expansions=cards(shown.expansions),
        linked_data=linked_data(shown),
    )


def linked_data(shown: GamePage) -> dict[str, Any]:
    """The game as schema.org's Product for searchers."""
    offers = [
        {
            "@type": "Offer",
            "price": format(offer.edition.price.quantize(Decimal("0.01")), "f"),
            "priceCurrency": "UAH",
            "availability": f"https://schema.org/{SCHEMA[offer.availability]}",
            "itemCondition": f"https://schema.org/{_condition(offer.edition.condition)}",
            "sku": offer.edition.sku,
        }
        | ({"gtin13": offer.edition.ean13} if offer.edition.ean13 else {})
        for offer in shown.offers
    ]
    product: dict[str, Any] = {"@context": "https://schema.org", "@type": "Product", "name": shown.game.title}
    if shown.game.publisher:
        product["brand"] = {"@type": "Brand", "name": shown.game.publisher}
    return product | {"offers": offers}


def _condition(condition: Condition) -> str:
    return "NewCondition" if condition is Condition.NEW else "DamagedCondition"
