"""What a searcher shows of a page: its title and its description, made of the page's own facts."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext

from shop.catalog.rules.wishes import Sort, Wish
from shop.pages.catalogue import CataloguePage, Counts
from shop.pages.game import GamePage
from shop.stock.rules import Availability
from web.formats import money, number, span
from web.labels import label

MOST_LETTERS = 200
"""Searchers show no more of a description."""
NAMED = 3
_BLANKS = re.compile(r"[ \t\r\n]+")
"""Not those that hold the parts of a sum together."""


def title_of_catalogue(wish: Wish, told: Sequence[str], *, page: int) -> str:
    """The title: what is wished in words, and what tells one page of it from another."""
    parts = [gettext("“%(words)s”", words=wish.q)] if wish.q else []
    parts += told
    if wish.sort is not Sort.TITLE:
        parts.append(label(wish.sort))
    if page > 1:
        parts.append(gettext("page %(number)s", number=page))
    title = gettext("Board games")
    return f"{title}: {', '.join(parts)}" if parts else title


def description_of_catalogue(title: str, page: CataloguePage) -> str:
    """How many games there are, how many of them in stock, and the first ones by name."""
    games = [counted(page.counts)]
    if 0 < page.counts.in_stock < page.counts.in_stock + page.counts.out:
        games.append(gettext("in stock: %(number)s", number=number(page.counts.in_stock)))
    named = ", ".join(card.title for card in page.cards[:NAMED])
    return _joined(title, ", ".join(games), gettext("Among them: %(titles)s", titles=named) if named else "")


def counted(counts: Counts) -> str:
    """How many games there are, in words."""
    if counts.more:
        return gettext("more than %(number)s games", number=number(counts.total))
    return ngettext("%(number)s game", "%(number)s games", counts.total, number=number(counts.total))


def title_of_game(shown: GamePage) -> str:
    """The game with what tells it from another one of its name."""
    facts = [str(each) for each in (shown.game.publisher, shown.game.year) if each]
    return f"{shown.game.title} — {', '.join(facts)}" if facts else str(shown.game.title)


def description_of_game(shown: GamePage) -> str:
    """What it is, for whom, who made it, what it costs, whether it can be had; then how its own text begins."""
    game = shown.game
    kind = gettext("Expansion") if game.is_expansion else gettext("Board game")
    made = ", ".join(str(each) for each in (game.publisher, game.year) if each)
    facts = ", ".join(_facts(game))
    return _joined(game.title, f"{kind}: {facts}" if facts else kind, made, _offered(shown), game.description)


def _facts(game: Any) -> list[str]:
    facts = []
    if game.min_players:
        most = game.max_players or game.min_players
        facts.append(
            ngettext("%(span)s player", "%(span)s players", most, span=span(game.min_players, game.max_players))
        )
    if game.max_minutes:
        facts.append(gettext("%(span)s min", span=span(game.min_minutes, game.max_minutes)))
    if game.min_age is not None:
        facts.append(f"{game.min_age}+")
    return facts


def _offered(shown: GamePage) -> str:
    offers = shown.wanted
    if not offers:
        return gettext("This game is not on sale now.")
    lowest = min(offer.edition.price for offer in offers)
    price = gettext("from %(price)s", price=money(lowest)) if len(offers) > 1 else money(lowest)
    told = {offer.availability for offer in offers}
    best = next(each for each in Availability if each in told)
    return f"{price}, {label(best)}"


def _joined(*sentences: str) -> str:
    """Sentences on one line, each with its full stop, cut at the last whole word that fits."""
    parts = [_BLANKS.sub(" ", each).strip() for each in sentences if each]
    text = " ".join(
        each if each[-1] in ".!?…" else f"{each}." for each in (each[:1].upper() + each[1:] for each in parts)
    )
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rpartition(" ")[0].rstrip(" ,.:;—") + "…"
