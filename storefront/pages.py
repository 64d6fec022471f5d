"""The public pages: the catalogue and a game, each in Ukrainian and, under /en, in English."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, render_template, request, url_for
from flask_babel import get_locale, gettext, ngettext

from shop.catalog.models import Category, Mechanic
from shop.catalog.queries.vocabulary import Word, words_of_shop
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.wishes import Sort, Weight, Wish
from shop.pages.catalogue import LAST_PAGE, catalogue_page
from shop.pages.game import Availability, GamePage, game_page
from storefront.addresses import AGES, MINUTES, PLAYERS, address, read_page, read_wish
from web.formats import money
from web.labels import label

CACHE = "public, max-age=0, s-maxage=2"
SCHEMA = {Availability.IN_STOCK: "InStock", Availability.LOW: "LimitedAvailability", Availability.OUT: "OutOfStock"}

pages = Blueprint("storefront", __name__, template_folder="templates")


@pages.url_value_preprocessor
def _language_of_address(_: str | None, values: dict[str, Any] | None) -> None:
    g.language = (values or {}).pop("language", "uk")


@pages.url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("language", g.get("language", "uk"))


@pages.route("/", defaults={"language": "uk"})
@pages.route("/<any(en):language>/")
def catalogue() -> Response:
    """Games by what the address wishes."""
    wish = read_wish(request.args)
    page = catalogue_page(wish, number=read_page(request.args.get("page", ""), last=LAST_PAGE))
    words = words_of_shop()
    return _cached(
        render_template(
            "storefront/catalogue.html",
            page=page,
            wish=wish,
            chips=_chips(wish, words),
            categories=[word for word in words if word.kind == "category"],
            mechanics=[word for word in words if word.kind == "mechanic"],
            choices={"players": PLAYERS, "minutes": MINUTES, "ages": AGES},
            weights=list(Weight),
            sorts=list(Sort),
            languages=[Language.UKRAINIAN, Language.ENGLISH, Language.INDEPENDENT],
            here=here,
            address=address,
        )
    )


@pages.route("/games/<slug>", defaults={"language": "uk"})
@pages.route("/<any(en):language>/games/<slug>")
def game(slug: str) -> Response:
    """One game."""
    shown = game_page(slug)
    return _cached(render_template("storefront/game.html", shown=shown, linked_data=_linked_data(shown)))


@pages.get("/robots.txt")
def robots() -> Response:
    """What searchers may read."""
    answer = make_response("User-agent: *\nDisallow: /admin/\nDisallow: /auth/\n")
    answer.mimetype = "text/plain"
    return answer


def here(wish: Wish, **changed: object) -> str:
    """The address of the catalogue for a wish with something changed."""
    page = changed.pop("page", None)
    asked: dict[str, Any] = {**address(wish, **changed), "page": page}
    return url_for("storefront.catalogue", **asked)


def in_language(language: str) -> str:
    """This page in another language."""
    asked: dict[str, Any] = dict(request.view_args or {})
    if request.endpoint == "storefront.catalogue":
        asked |= address(read_wish(request.args))
    return url_for(str(request.endpoint or "storefront.catalogue"), **asked | {"language": language})


def named(word: Category | Mechanic | Word) -> str:
    """A category or mechanic in the language of the page."""
    return word.name if str(get_locale()) == "uk" else word.name_en


def _chips(wish: Wish, known: Sequence[Word]) -> list[tuple[str, str]]:
    """What is wished, in words, each with the address that no longer wishes it."""
    words = {word.slug: named(word) for word in known}
    told: dict[str, str | None] = {
        "players": ngettext("%(num)d player", "%(num)d players", wish.players) if wish.players else None,
        "minutes": gettext("up to %(minutes)d min", minutes=wish.minutes) if wish.minutes else None,
        "age": gettext("the youngest is %(age)d", age=wish.age) if wish.age is not None else None,
        "weight": label(wish.weight) if wish.weight else None,
        "language": label(wish.language) if wish.language else None,
        "condition": label(wish.condition) if wish.condition else None,
        "category": words.get(wish.category, wish.category),
        "mechanic": words.get(wish.mechanic, wish.mechanic),
        "price_from": gettext("from %(price)s", price=money(wish.price_from)) if wish.price_from else None,
        "price_to": gettext("up to %(price)s", price=money(wish.price_to)) if wish.price_to else None,
        "available": gettext("in stock") if wish.available else None,
    }
    if wish.expansions is not None:
        told["expansions"] = gettext("expansions") if wish.expansions else gettext("base games")
    return [(text, here(wish, **{name: None})) for name, text in told.items() if text]


def _linked_data(shown: GamePage) -> dict[str, Any]:
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
        product["brand"] = {"@type": "Brand", "name": shown.game.publisher.name}
    return product | {"offers": offers}


def _condition(condition: Condition) -> str:
    return "NewCondition" if condition is Condition.NEW else "DamagedCondition"


def _cached(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = CACHE
    return answer


@pages.context_processor
def _in_templates() -> dict[str, Any]:
    return {"in_language": in_language, "named": named, "seller": current_app.config["SELLER"]}
