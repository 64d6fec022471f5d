"""What the shop's words are in the language of the request: members of enums, roles, fields and values of the audit."""

from collections.abc import Mapping
from decimal import Decimal

from flask import Flask
from flask_babel import gettext

from shop.accounts.rules import ROLE_WORDS, Permission
from shop.audit.fields import FIELDS, Format
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.words import Worded
from web.formats import money, number


def label(member: Worded) -> str:
    """The member in words, in the language of the request."""
    return gettext(member.word)


def role_label(name: str) -> str:
    """A built-in role in words; a role composed by the owner by its own name."""
    return gettext(ROLE_WORDS[name]) if name in ROLE_WORDS else name


def field_label(name: str) -> str:
    """A field of the audit in words."""
    return gettext(FIELDS[name].label) if name in FIELDS else name


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
    written = FIELDS[field].format if field in FIELDS else Format.TEXT
    if written is Format.MONEY:
        return money(Decimal(str(value)))
    if written is Format.NUMBER:
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
