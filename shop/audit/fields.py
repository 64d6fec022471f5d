"""The fields that the audit tells of: how each is written, who may see it, and which ones are personal."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shop.audit.rules import Changes
from shop.errors import N_

HIDDEN = "…"
"""Stands for a personal value: that it was changed stays, what it was does not."""


class Format(StrEnum):
    """How a value is written for people."""

    CODE = "code"  # a member of an enum, in words
    DOCUMENT = "document"  # the id of a document of the stock
    MONEY = "money"  # hryvnias
    NUMBER = "number"  # a number with a decimal comma
    TEXT = "text"  # as it is; yes and no; names, one after another


@dataclass(frozen=True)
class Field:
    """One field. `permission` is needed to see it, empty for none; a personal one never stands in immutable rows."""

    name: str
    label: str
    format: Format = Format.TEXT
    permission: str = ""
    personal: bool = False


FIELDS = {
    field.name: field
    for field in (
        Field("base_game", N_("base game")),
        Field("best_players", N_("best number of players")),
        Field("bgg_id", N_("BoardGameGeek id")),
        Field("categories", N_("categories")),
        Field("code", N_("code")),
        Field("condition", N_("condition"), Format.CODE),
        Field("cost", N_("cost"), Format.MONEY, permission="cost:read"),
        Field("description", N_("description")),
        Field("designers", N_("designers")),
        Field("document", N_("document"), Format.DOCUMENT),
        Field("ean13", N_("barcode")),
        Field("editions", N_("editions")),
        Field("email", N_("e-mail"), personal=True),
        Field("height_mm", N_("height, mm")),
        Field("is_expansion", N_("expansion")),
        Field("language", N_("language"), Format.CODE),
        Field("length_mm", N_("length, mm")),
        Field("low_stock_at", N_("low at")),
        Field("max_minutes", N_("minutes to")),
        Field("max_players", N_("players to")),
        Field("mechanics", N_("mechanics")),
        Field("min_age", N_("age from")),
        Field("min_minutes", N_("minutes from")),
        Field("min_players", N_("players from")),
        Field("name", N_("name")),
        Field("name_en", N_("name in English")),
        Field("on_hand", N_("on hand")),
        Field("order_state", N_("state of the order"), Format.CODE),
        Field("permissions", N_("permissions")),
        Field("price", N_("price"), Format.MONEY),
        Field("printing", N_("printing")),
        Field("publisher", N_("publisher")),
        Field("quantity", N_("quantity")),
        Field("roles", N_("roles")),
        Field("sessions", N_("devices signed in")),
        Field("sku", N_("SKU")),
        Field("title", N_("title")),
        Field("title_original", N_("original title")),
        Field("total", N_("total"), Format.MONEY),
        Field("unit_cost", N_("cost of one"), Format.MONEY, permission="cost:read"),
        Field("value", N_("worth"), Format.MONEY, permission="cost:read"),
        Field("vat_rate", N_("VAT rate"), Format.CODE),
        Field("weight", N_("weight"), Format.NUMBER),
        Field("weight_grams", N_("weight, g")),
        Field("width_mm", N_("width, mm")),
        Field("year", N_("year")),
    )
}


def may_see(name: str, permissions: Collection[str]) -> bool:
    """Whether these permissions open a field; a field that nobody registered is open."""
    field = FIELDS.get(name)
    return field is None or not field.permission or field.permission in permissions


def visible(changes: Changes, permissions: Collection[str]) -> Changes:
    """The changes without the fields that these permissions don't open."""
    return {name: change for name, change in changes.items() if may_see(name, permissions)}


def without_personal(changes: Changes) -> Changes:
    """The changes as they may stay for ever: of a personal field only that it was set or changed."""
    return {name: _hidden(change) if _is_personal(name) else change for name, change in changes.items()}


def _is_personal(name: str) -> bool:
    field = FIELDS.get(name)
    return field is not None and field.personal


def _hidden(change: list[Any]) -> list[Any]:
    return [None if value is None else HIDDEN for value in change]
