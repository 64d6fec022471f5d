"""What can't be right in the facts of a game or an edition; each refusal names its field."""

from dataclasses import replace
from decimal import Decimal

from shop.catalog.rules.editions import clean_barcode, is_ean13
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.catalog.rules.prices import HIGHEST
from shop.errors import N_, Invalid

_SKU_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


def check_game(facts: GameFacts) -> GameFacts:
    """The facts with tidy texts. Raises Invalid naming the field."""
    facts = replace(
        facts,
        title=" ".join(facts.title.split()),
        title_original=" ".join(facts.title_original.split()),
        description=facts.description.strip(),
        designers=tuple(dict.fromkeys(" ".join(name.split())[:120] for name in facts.designers if name.strip())),
        base_game_id=facts.base_game_id if facts.is_expansion else None,
    )
    if not facts.title:
        raise Invalid("title_missing", N_("Enter a title."), field="title")
    for name in ("title", "title_original"):
        if len(getattr(facts, name)) > 200:
            raise Invalid("title_too_long", N_("The title is longer than 200 letters."), field=name)
    _check_range(facts.year, 1, 2100, "year", N_("The year must be between 1 and 2100."))
    _check_range(facts.min_age, 0, 21, "min_age", N_("The age must be between 0 and 21."))
    _check_range(facts.bgg_id, 1, 10_000_000, "bgg_id", N_("A BoardGameGeek id is a positive number."))
    _check_span(facts.min_players, facts.max_players, "players", 999)
    _check_span(facts.min_minutes, facts.max_minutes, "minutes", 100_000)
    if facts.weight is not None and not Decimal(1) <= facts.weight <= Decimal(5):
        raise Invalid("weight_wrong", N_("The weight must be between 1 and 5."), field="weight")
    _check_best_players(facts)
    return facts


def check_edition(facts: EditionFacts) -> EditionFacts:
    """The facts with a tidy SKU and barcode. Raises Invalid naming the field."""
    facts = replace(
        facts,
        sku="".join(facts.sku.split()).upper(),
        ean13=clean_barcode(facts.ean13),
        printing=" ".join(facts.printing.split())[:80],
    )
    if not Decimal(0) < facts.price <= HIGHEST:
        raise Invalid("price_wrong", N_("The price must be above zero."), field="price")
    if facts.cost is not None and not Decimal(0) <= facts.cost <= HIGHEST:
        raise Invalid("cost_wrong", N_("The cost can’t be below zero."), field="cost")
    if len(facts.sku) > 40 or not set(facts.sku) <= _SKU_LETTERS:
        raise Invalid("sku_wrong", N_("An SKU has at most 40 Latin letters, digits, hyphens and dots."), field="sku")
    if facts.ean13 and not is_ean13(facts.ean13):
        text = N_("This is not a right EAN-13 barcode: one of its 13 digits is missing or wrong.")
        raise Invalid("ean13_wrong", text, field="ean13")
    for name in ("weight_grams", "length_mm", "width_mm", "height_mm"):
        _check_range(getattr(facts, name), 1, 1_000_000, name, N_("This must be above zero."))
    _check_range(facts.low_stock_at, 0, 100_000, "low_stock_at", N_("This can’t be below zero."))
    return facts


def _check_range(value: int | None, lowest: int, highest: int, field: str, text: str) -> None:
    if value is not None and not lowest <= value <= highest:
        raise Invalid(f"{field}_wrong", text, field=field)


def _check_span(low: int | None, high: int | None, noun: str, highest: int) -> None:
    _check_range(low, 1, highest, f"min_{noun}", N_("This must be above zero."))
    _check_range(high, 1, highest, f"max_{noun}", N_("This must be above zero."))
    if low is not None and high is not None and high < low:
        raise Invalid(f"{noun}_wrong", N_("“To” can’t be less than “from”."), field=f"max_{noun}")


def _check_best_players(facts: GameFacts) -> None:
    if facts.best_players is None:
        return
    _check_range(facts.best_players, 1, 999, "best_players", N_("This must be above zero."))
    low, high = facts.min_players, facts.max_players
    if (low is not None and facts.best_players < low) or (high is not None and facts.best_players > high):
        text = N_("The best number of players must be among those that can play.")
        raise Invalid("best_players_wrong", text, field="best_players")
