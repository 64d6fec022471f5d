"""What the shop's enums are called in words; one table for each enum, complete by a test."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from flask import Flask
from flask_babel import gettext

from shop.accounts.rules import Permission
from shop.audit.rules import AuditCode
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.catalog.rules.prices import Rounding
from shop.errors import N_
from shop.stock.rules import DocumentKind, MovementKind
from web.formats import money, number

LABELS: Sequence[tuple[StrEnum, str]] = (
    (Language.ENGLISH, N_("English")),
    (Language.INDEPENDENT, N_("language-independent")),
    (Language.OTHER, N_("another language")),
    (Language.UKRAINIAN, N_("Ukrainian")),
    (Condition.NEW, N_("new")),
    (Condition.OPEN_BOX, N_("open-box")),
    (VatRate.NONE, N_("without VAT")),
    (VatRate.ZERO, "0 %"),
    (VatRate.REDUCED, "7 %"),
    (VatRate.STANDARD, "20 %"),
    (Rounding.HRYVNIA, N_("to a whole hryvnia")),
    (Rounding.NINE, N_("so that it ends in 9")),
    (Rounding.TEN, N_("to tens")),
    (MovementKind.COUNT_ADJUSTMENT, N_("Adjustment")),
    (MovementKind.CUSTOMER_RETURN, N_("Return from a customer")),
    (MovementKind.DISPATCH, N_("Dispatch")),
    (MovementKind.RECEIPT, N_("Receipt")),
    (MovementKind.REVERSAL, N_("Undoing")),
    (MovementKind.SUPPLIER_RETURN, N_("Return to a supplier")),
    (MovementKind.TRANSFER_IN, N_("Transfer in")),
    (MovementKind.TRANSFER_OUT, N_("Transfer out")),
    (MovementKind.WRITE_OFF, N_("Write-off")),
    (DocumentKind.ADJUSTMENT, N_("Adjustment")),
    (DocumentKind.RECEIPT, N_("Receipt")),
    (DocumentKind.REVERSAL, N_("Undoing")),
    (DocumentKind.TRANSFER, N_("Transfer")),
    (DocumentKind.WRITE_OFF, N_("Write-off")),
    (Permission.AUDIT_READ, N_("See who did what")),
    (Permission.CATALOG_READ, N_("See games and editions")),
    (Permission.CATALOG_WRITE, N_("Add and change games and editions")),
    (Permission.COST_READ, N_("See cost prices")),
    (Permission.PRICE_WRITE, N_("Change prices")),
    (Permission.REPORT_READ, N_("See reports")),
    (Permission.ROLE_WRITE, N_("Compose roles")),
    (Permission.STAFF_WRITE, N_("Add, change and deactivate staff")),
    (Permission.STOCK_ADJUST, N_("Set the quantity that was counted")),
    (Permission.STOCK_READ, N_("See levels and movements")),
    (Permission.STOCK_RECEIVE, N_("Receive copies")),
    (Permission.STOCK_REVERSE, N_("Undo bookings")),
    (Permission.STOCK_TRANSFER, N_("Transfer copies between locations")),
    (Permission.STOCK_WRITE, N_("Add and change locations")),
    (Permission.STOCK_WRITE_OFF, N_("Write copies off")),
    (Permission.TRANSLATION_WRITE, N_("Change the words of the interface")),
    (AuditCode.CATEGORY_ADDED, N_("added a category")),
    (AuditCode.CATEGORY_CHANGED, N_("renamed a category")),
    (AuditCode.CATEGORY_REMOVED, N_("deleted a category")),
    (AuditCode.EDITION_ADDED, N_("added an edition")),
    (AuditCode.EDITION_ARCHIVED, N_("took an edition off sale")),
    (AuditCode.EDITION_CHANGED, N_("changed an edition")),
    (AuditCode.EDITION_REPRICED, N_("changed a price")),
    (AuditCode.EDITION_RESTORED, N_("put an edition on sale again")),
    (AuditCode.GAME_ADDED, N_("added a game")),
    (AuditCode.GAME_ARCHIVED, N_("hid a game")),
    (AuditCode.GAME_CHANGED, N_("changed a game")),
    (AuditCode.GAME_RESTORED, N_("showed a game again")),
    (AuditCode.LOCATION_ADDED, N_("added a location")),
    (AuditCode.LOCATION_ARCHIVED, N_("archived a location")),
    (AuditCode.LOCATION_CHANGED, N_("renamed a location")),
    (AuditCode.LOCATION_RESTORED, N_("restored a location")),
    (AuditCode.MECHANIC_ADDED, N_("added a mechanic")),
    (AuditCode.MECHANIC_CHANGED, N_("renamed a mechanic")),
    (AuditCode.MECHANIC_REMOVED, N_("deleted a mechanic")),
    (AuditCode.PRICES_CHANGED, N_("changed many prices")),
    (AuditCode.PRICES_UNDONE, N_("took many prices back")),
    (AuditCode.PUBLISHER_ADDED, N_("added a publisher")),
    (AuditCode.PUBLISHER_CHANGED, N_("renamed a publisher")),
    (AuditCode.PUBLISHER_REMOVED, N_("deleted a publisher")),
    (AuditCode.ROLE_ADDED, N_("added a role")),
    (AuditCode.ROLE_CHANGED, N_("changed a role")),
    (AuditCode.ROLE_REMOVED, N_("deleted a role")),
    (AuditCode.STAFF_ADDED, N_("added an account")),
    (AuditCode.STAFF_CHANGED, N_("changed an account")),
    (AuditCode.STAFF_DEACTIVATED, N_("deactivated an account")),
    (AuditCode.STAFF_PASSWORD_SET, N_("set a password")),
    (AuditCode.STAFF_RESTORED, N_("restored an account")),
    (AuditCode.STOCK_ADJUSTED, N_("adjusted a quantity")),
    (AuditCode.STOCK_RECEIVED, N_("received copies")),
    (AuditCode.STOCK_REVERSED, N_("undid a booking")),
    (AuditCode.STOCK_TRANSFERRED, N_("transferred copies")),
    (AuditCode.STOCK_WRITTEN_OFF, N_("wrote copies off")),
)
WORDS = {(type(member), member.value): text for member, text in LABELS}
"""By kind too: members of two enums may have one value, as “none” of languages and of VAT rates."""
ENUMS = (Language, Condition, VatRate, Rounding, MovementKind, DocumentKind, Permission, AuditCode)

ROLES = {
    "owner": N_("owner"),
    "manager": N_("manager"),
    "warehouse": N_("warehouse"),
    "translator": N_("translator"),
    "viewer": N_("viewer"),
}

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


def label(member: StrEnum) -> str:
    """The member in words, in the language of the request."""
    return gettext(WORDS[type(member), member.value])


def role_label(name: str) -> str:
    """A built-in role in words; a role composed by the owner by its own name."""
    return gettext(ROLES[name]) if name in ROLES else name


def field_label(name: str) -> str:
    """A field of the audit in words."""
    return gettext(FIELDS[name]) if name in FIELDS else name


def permission_label(name: str) -> str:
    """A stored permission in words; one that the code no longer knows by its code."""
    return label(Permission(name)) if name in set(Permission) else name


def audit_value(field: str, value: object) -> str:
    """An old or new value of the audit in words."""
    enums: Mapping[str, type[StrEnum]] = {"language": Language, "condition": Condition, "vat_rate": VatRate}
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


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of an enum for a select."""
    return [(member.value, label(member)) for member in enum]


def init_app(app: Flask) -> None:
    """Give the templates these words as filters."""
    app.jinja_env.filters.update(label=label, role_label=role_label, field_label=field_label, audit_value=audit_value)
    app.jinja_env.globals["permission_label"] = permission_label
