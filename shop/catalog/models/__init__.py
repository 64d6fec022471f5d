"""The tables of the catalogue, one module per thing."""

from shop.catalog.models.codes import EditionCode
from shop.catalog.models.editions import Edition, PriceBatch, PriceChange
from shop.catalog.models.games import Game, GameTerm
from shop.catalog.models.words import Category, Designer, Mechanic, Publisher

__all__ = [
    "Category",
    "Designer",
    "Edition",
    "EditionCode",
    "Game",
    "GameTerm",
    "Mechanic",
    "PriceBatch",
    "PriceChange",
    "Publisher",
]
