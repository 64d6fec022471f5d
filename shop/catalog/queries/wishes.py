"""The one reading of a wish: what must be true of a game."""

from typing import Any

from sqlalchemy import ColumnElement, false, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute

from shop.catalog.models import Category, Edition, Game, Mechanic
from shop.catalog.models.games import game_category, game_mechanic
from shop.catalog.queries.finding import found_by
from shop.catalog.queries.states import in_state, not_hidden
from shop.catalog.rules.wishes import WEIGHTS, Weight, Wish


def conditions(wish: Wish) -> list[ColumnElement[bool]]:
    """What is true of the games that a wish wants."""
    wanted = [in_state(wish.state) if wish.state else not_hidden(), *found_by(wish.q)]
    if wish.available is not None:
        wanted.append(Game.in_stock == literal(wish.available))
    if wish.sold_out:
        wanted += [Game.in_stock == false(), Game.was_in_stock == true()]
    if wish.publisher_id is not None:
        wanted.append(Game.publisher_id == wish.publisher_id)
    return wanted + _by_facts(wish) + _by_links(wish)


def _by_facts(wish: Wish) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if wish.players is not None:
        wanted += [Game.min_players <= wish.players, Game.max_players >= wish.players]
    if wish.minutes is not None:
        wanted.append(Game.max_minutes <= wish.minutes)
    if wish.age is not None:
        wanted.append(Game.min_age <= wish.age)
    if wish.weight is not None:
        low, high = WEIGHTS[wish.weight]
        wanted.append(Game.weight >= low)
        wanted.append(Game.weight <= high if wish.weight is Weight.HEAVY else Game.weight < high)
    if wish.expansions is not None:
        wanted.append(Game.is_expansion.is_(wish.expansions))
    if not wish.names_editions:
        wanted += _priced(wish, Game.price_from)
    return wanted


def _by_links(wish: Wish) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    for table, link, slug in ((Category, game_category, wish.category), (Mechanic, game_mechanic, wish.mechanic)):
        if slug:
            column = link.c[f"{table.__tablename__}_id"]
            chosen = select(link.c.game_id).join(table, table.id == column).where(table.slug == slug)
            wanted.append(Game.id.in_(chosen))
    if wish.names_editions:
        named = select(Edition.game_id).where(*editions_wanted(wish), *_priced(wish, Edition.price))
        wanted.append(Game.id.in_(named))
    return wanted


def editions_wanted(wish: Wish) -> list[ColumnElement[bool]]:
    """What is true of the editions that a wish names, all of them on sale; of all on sale where it names none."""
    wanted: list[ColumnElement[bool]] = [Edition.archived_at.is_(None)]
    if wish.language is not None:
        wanted.append(Edition.language == wish.language)
    if wish.condition is not None:
        wanted.append(Edition.condition == wish.condition)
    return wanted


def _priced(wish: Wish, price: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if wish.price_from is not None:
        wanted.append(price >= wish.price_from)
    if wish.price_to is not None:
        wanted.append(price <= wish.price_to)
    return wanted
