"""What the shop's words are in the language of the request: members of enums, roles, fields and values of the audit."""

from collections.abc import Mapping
from decimal import Decimal

from flask import Flask
from flask_babel import gettext

from shop.accounts.rules import ROLE_WORDS, Permission
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.errors import N_
from shop.words import Worded
from web.formats import money, number

FIELDS = {
    "base_game": N_("base game"),
    "best_players": N_("best number of players"),
    "bgg_id": N_("BoardGameGeek id"),
    "categories": N_("categories"),
    "condition": N_("condition"),
    "cost": N_("cost"),
    "description": N_("description"),
    "designers": N_("designers"),
    "document": N_("document"),
    "ean13": N_("barcode"),
    "editions": N_("editions"),
    "email": N_("e-mail"),
    "height_mm": N_("height, mm"),
    "is_expansion": N_("expansion"),
    "language": N_("language"),
    "length_mm": N_("length, mm"),
    "low_stock_at": N_("low at"),
    "max_minutes": N_("minutes to"),
    "max_players": N_("players to"),
    "mechanics": N_("mechanics"),
    "min_age": N_("age from"),
    "min_minutes": N_("minutes from"),
    "min_players": N_("players from"),
    "name": N_("name"),
    "name_en": N_("name in English"),
    "on_hand": N_("on hand"),
    "permissions": N_("permissions"),
    "price": N_("price"),
    "printing": N_("printing"),
    "publisher": N_("publisher"),
    "roles": N_("roles"),
    "sku": N_("SKU"),
    "title": N_("title"),
    "title_original": N_("original title"),
    "vat_rate": N_("VAT rate"),
    "weight": N_("weight"),
    "weight_grams": N_("weight, g"),
    "width_mm": N_("width, mm"),
    "year": N_("year"),
}


def label(member: Worded) -> str:
    """The member in words, in the language of the request."""
    return gettext(member.word)


def role_label(name: str) -> str:
    """A built-in role in words; a role composed by the owner by its own name."""
    return gettext(ROLE_WORDS[name]) if name in ROLE_WORDS else name


def field_label(name: str) -> str:
    """A field of the audit in words."""
    return gettext(FIELDS[name]) if name in FIELDS else name


def permission_label(name: str) -> str:
    """A stored permission in words; one that the code no longer knows by its code."""
    return label(Permission(name)) if name in set(Permission) else name


def audit_value(field: str, value: object) -> str:
    """An old or new value of the audit in words."""
    enums: Mapping[str, type[Worded]] = {"language": Language, "condition": Condition, "vat_rate": VatRate}
    if value is None:
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field in ("price", "cost"):
        return money(Decimal(str(value)))
    if field == "weight":
        return number(Decimal(str(value)))
    if isinstance(value, list):
        named = {"roles": role_label, "permissions": permission_label}.get(field, str)
        return ", ".join(named(each) for each in value) or "—"
    return label(enums[field](str(value))) if field in enums else str(value)


def choices(enum: type[Worded]) -> list[tuple[str, str]]:
    """The members of an enum for a select."""
    return [(member.value, label(member)) for member in enum]


def init_app(app: Flask) -> None:
    """Give the templates these words as filters."""
    app.jinja_env.filters.update(label=label, role_label=role_label, field_label=field_label, audit_value=audit_value)
    app.jinja_env.globals["permission_label"] = permission_label
