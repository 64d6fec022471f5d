"""The catalogue: games by what the address wishes, with the filters beside them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext, ngettext

from shop.catalog.queries.vocabulary import Word, words_of_shop
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.wishes import Sort, Weight, Wish
from shop.pages.catalogue import LAST_PAGE, catalogue_page, counts_of
from shop.versions import Published
from storefront.addresses import (
    AGES,
    BASES,
    MINUTES,
    PLAYERS,
    address,
    editions_asked,
    place_of,
    read_page,
    read_wish,
)
from storefront.cards import cards
from storefront.descriptions import counted, description_of_catalogue, title_of_catalogue
from storefront.site import Reading, named, pages, public_page, rendered
from web.formats import money
from web.labels import label
from web.languages import spoken

LANGUAGES = (Language.UKRAINIAN, Language.ENGLISH, Language.INDEPENDENT)
_IN_FORM = ("language", "condition", "category", "mechanic", "price_from", "price_to", "available", "expansions")


@pages.route("/", defaults={"language": "uk"})
@pages.route("/<any(en):language>/")
def catalogue(language: str) -> Response:
    """Games by what the address wishes."""
    wish = read_wish(request.args)
    number = read_page(request.args.get("page", ""), last=LAST_PAGE)
    return public_page(place_of(wish, page=number), lambda reading: _made(wish, number, reading))


def _made(wish: Wish, number: int, reading: Reading) -> str:
    what = ("counts", replace(wish, sort=Sort.TITLE))
    counts = reading.kept_fact(what, (Published.CATALOGUE,), lambda: counts_of(wish, connection=reading.connection))
    words = reading.kept_fact("words", (Published.MENU,), lambda: words_of_shop(reading.connection))
    page = catalogue_page(wish, number=number, counts=counts, connection=reading.connection)
    filters = partial(_filters, wish, words)
    chips = _chips(wish, words)
    title = title_of_catalogue(wish, [text for text, _ in chips], page=page.number)
    return rendered(
        "catalogue.html",
        place=place_of(wish, page=page.number),
        title=title,
        description=description_of_catalogue(title, page),
        counted=counted(page.counts),
        page=page,
        wish=wish,
        cards=cards(page.cards, place_of(editions_asked(wish))),
        chips=chips,
        here=_here,
        only_text=_here(Wish(q=wish.q)),
        asked=address(wish, q=""),
        sorts=list(Sort),
        filters=reading.kept_piece(("filters", wish, spoken()), (Published.MENU, Published.WORDS), filters),
    )


def _filters(wish: Wish, words: Sequence[Word]) -> str:
    """What can be asked: the same on all pages of a wish."""
    asked_elsewhere = address(wish, **dict.fromkeys(_IN_FORM))
    choices = _choices(words) | {"asked_elsewhere": asked_elsewhere, "base": BASES[spoken()]}
    return current_app.jinja_env.get_template("storefront/_filters.html").render(choices, wish=wish, here=_here)


def _here(wish: Wish, *, page: int = 1, **changed: object) -> str:
    """The address of the catalogue, in the language of the page, for a wish with something changed."""
    return BASES[spoken()] + place_of(wish, page=page, **changed)


def _choices(words: Sequence[Word]) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "players": PLAYERS,
        "minutes": MINUTES,
        "ages": AGES,
        "weights": list(Weight),
        "languages": [(each, label(each)) for each in LANGUAGES],
        "conditions": [(each, label(each)) for each in Condition],
        "categories": [(word.slug, named(word)) for word in words if word.kind == "category"],
        "mechanics": [(word.slug, named(word)) for word in words if word.kind == "mechanic"],
    }


def _chips(wish: Wish, known: Sequence[Word]) -> list[tuple[str, str]]:
    """What is wished, in words, each with the address that no longer wishes it."""
    told: dict[str, str | None] = {
        "players": ngettext("%(num)d player", "%(num)d players", wish.players) if wish.players else None,
        "minutes": gettext("up to %(minutes)d min", minutes=wish.minutes) if wish.minutes else None,
        "age": ngettext("the youngest is %(num)d year old", "the youngest is %(num)d years old", wish.age)
        if wish.age is not None
        else None,
        "weight": gettext("weight: %(name)s", name=label(wish.weight)) if wish.weight else None,
        "language": gettext("language: %(name)s", name=label(wish.language)) if wish.language else None,
        "condition": gettext("condition: %(name)s", name=label(wish.condition)) if wish.condition else None,
        "category": _word(wish.category, known),
        "mechanic": _word(wish.mechanic, known),
        "price_from": gettext("from %(price)s", price=money(wish.price_from)) if wish.price_from else None,
        "price_to": gettext("up to %(price)s", price=money(wish.price_to)) if wish.price_to else None,
        "available": gettext("in stock") if wish.available else None,
    }
    if wish.expansions is not None:
        told["expansions"] = gettext("expansions") if wish.expansions else gettext("base games")
    changes: dict[str, dict[str, Any]] = {name: {name: None} for name in told}
    return [(text, _here(wish, **changes[name])) for name, text in told.items() if text]


def _word(slug: str, known: Sequence[Word]) -> str:
    return next((named(word) for word in known if word.slug == slug), slug) if slug else ""
