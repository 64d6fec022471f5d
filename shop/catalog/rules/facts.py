"""What is said of a game or an edition when it is added or changed, and what of it can't be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from shop.catalog.rules.editions import Condition, Language, VatRate


@dataclass(frozen=True)
class GameFacts:
    """The facts of a game. Minutes are of one play, weight is 1–5 as on BoardGameGeek, age in years."""

    title: str
    title_original: str = ""
    publisher_id: int | None = None
    year: int | None = None
    min_players: int | None = None
    max_players: int | None = None
    best_players: int | None = None
    min_minutes: int | None = None
    max_minutes: int | None = None
    min_age: int | None = None
    weight: Decimal | None = None
    description: str = ""
    bgg_id: int | None = None
    is_expansion: bool = False
    base_game_id: int | None = None
    category_ids: frozenset[int] = field(default_factory=frozenset)
    mechanic_ids: frozenset[int] = field(default_factory=frozenset)
    designers: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionFacts:
    """The facts of an edition. `id` None means a new one; an empty SKU is made up; money in hryvnias, size in mm."""

    price: Decimal
    language: Language = Language.UKRAINIAN
    condition: Condition = Condition.NEW
    printing: str = ""
    sku: str = ""
    ean13: str = ""
    cost: Decimal | None = None
    vat_rate: VatRate = VatRate.NONE
    low_stock_at: int = 2
    weight_grams: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    id: int | None = None


EDITION_FIELDS = tuple(each.name for each in fields(EditionFacts) if each.name != "id")
"""The fields of an edition that are stored, as forms, audit and files ask for them too."""
GAME_LINKS = {"category_ids": "categories", "mechanic_ids": "mechanics", "designers": "designers"}
"""What of a game's facts stands in other tables, with what the audit calls it."""
GAME_FIELDS = tuple(each.name for each in fields(GameFacts) if each.name not in GAME_LINKS)
"""The fields of a game that are stored in its own row."""


def stored_facts(row: Any) -> EditionFacts:
    """The facts of an edition as it is stored."""
    values = {name: getattr(row, name) for name in EDITION_FIELDS}
    return EditionFacts(**values | {"ean13": row.ean13 or "", "id": row.id})


def as_stored(facts: EditionFacts) -> Mapping[str, Any]:
    """The facts as the columns of an edition: no barcode is no text."""
    return {name: getattr(facts, name) for name in EDITION_FIELDS} | {"ean13": facts.ean13 or None}


def sku_stem(game_id: int, language: Language, condition: Condition) -> str:
    """An SKU that says what it is: `GK-00042-UK`, `GK-00042-UK-OB` for an open box."""
    spoken = {"none": "XX", "other": "ZZ"}.get(language.value, language.value.upper())
    return f"GK-{game_id:05d}-{spoken}" + ("-OB" if condition is Condition.OPEN_BOX else "")
