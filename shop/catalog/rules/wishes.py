"""Which games are wanted: one wish for the storefront, the staff's lists and the deeds over many games."""

from dataclasses import dataclass
from decimal import Decimal

from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.states import GameState
from shop.errors import N_
from shop.words import Worded


class Sort(Worded):
    """In what order games stand; those in stock always come first."""

    TITLE = "title", N_("by title")
    CHEAP = "cheap", N_("cheap ones first")
    DEAR = "dear", N_("expensive ones first")
    NEW = "new", N_("new ones first")


class Weight(Worded):
    """How heavy a game is, by BoardGameGeek's 1–5."""

    LIGHT = "light", N_("light")
    MEDIUM = "medium", N_("medium")
    HEAVY = "heavy", N_("heavy")


WEIGHTS = {
    Weight.LIGHT: (Decimal(1), Decimal(2)),
    Weight.MEDIUM: (Decimal(2), Decimal(3)),
    Weight.HEAVY: (Decimal(3), Decimal(5)),
}


def weight_of(weight: Decimal) -> Weight:
    """How heavy a game of this weight is called."""
    return next((each for each, (_, below) in WEIGHTS.items() if weight < below), Weight.HEAVY)


@dataclass(frozen=True)
class Wish:
    """Which games are wanted; None, False and empty mean any.

    Players exactly, minutes at most, age of the youngest, prices in hryvnias; `category` and `mechanic` are slugs.
    Games of one `state` are wanted; None for all that are not hidden. `sold_out`: not in stock now, but once they were.
    """

    q: str = ""
    players: int | None = None
    minutes: int | None = None
    age: int | None = None
    weight: Weight | None = None
    language: Language | None = None
    condition: Condition | None = None
    category: str = ""
    mechanic: str = ""
    publisher_id: int | None = None
    expansions: bool | None = None
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    available: bool | None = None
    sold_out: bool = False
    state: GameState | None = GameState.ON_SALE
    sort: Sort = Sort.TITLE

    @property
    def names_editions(self) -> bool:
        """Whether it is about some of a game's editions: prices and stock are then those of such ones."""
        return self.language is not None or self.condition is not None
