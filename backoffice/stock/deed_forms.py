"""The forms of the deeds: lines of editions and quantities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from backoffice.fields import NumberField, Required, WholeField
from backoffice.forms import KeyForm
from shop.catalog.rules.prices import parse_money
from shop.errors import ShopError
from shop.stock.operations.booking import HIGHEST_QUANTITY, QUANTITY_WRONG, Line
from shop.stock.queries.locations import usable_locations


@dataclass(frozen=True)
class TypedLine:
    """A line as it was typed, with what is wrong with it."""

    edition_id: int
    quantity: str
    unit_cost: str
    error: str = ""


def location_choices() -> list[tuple[str, str]]:
    """The locations that can be chosen."""
    return [(str(location.id), location.name) for location in usable_locations()]


class LinesForm(KeyForm):
    """Editions and quantities at a location."""

    location_id = SelectField(_l("Location"), choices=location_choices)

    typed: Sequence[TypedLine] = ()

    def read_lines(self, first: Sequence[TypedLine] = ()) -> None:
        """Take the lines out of the request, or begin with some."""
        self.typed = _typed_lines() if request.method == "POST" else first

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuses lines that can't be read."""
        whole = super().validate(extra_validators)
        if not self.typed:
            self.form_errors.append(gettext("Scan or choose at least one edition."))
        return whole and bool(self.typed) and not any(line.error for line in self.typed)

    def mark_lines(self, refusal: ShopError) -> None:
        """Put what the shop says of editions beside their lines."""
        wrong = {edition_id: str(each) for edition_id, each in refusal.lines.items()}
        self.typed = [replace(line, error=wrong.get(line.edition_id, line.error)) for line in self.typed]
        told = ngettext(
            "Nothing is booked: %(num)d line can’t be.", "Nothing is booked: %(num)d lines can’t be.", len(wrong)
        )
        self.form_errors.append(told)

    def lines(self) -> list[Line]:
        """What was typed, as the operations take it."""
        return [Line(line.edition_id, int(line.quantity), _cost(line.unit_cost)) for line in self.typed]


class ReceiptForm(LinesForm):
    """Copies that arrived."""

    reference = StringField(_l("Supplier’s document"), description=_l("For example “Invoice 214 of Geekach”."))


class WriteOffForm(LinesForm):
    """Copies that are gone."""

    reason = StringField(_l("Reason"), [Required()], description=_l("It stays with the booking for ever."))


class TransferForm(LinesForm):
    """Copies that go to another location."""

    location_id = SelectField(_l("From"), choices=location_choices)
    to_location_id = SelectField(_l("To"), choices=location_choices)
    reason = StringField(_l("Reason"))


class AdjustForm(KeyForm):
    """What was counted on the shelf."""

    seen = NumberField()
    counted = WholeField(_l("Counted on the shelf"), [Required()])
    reason = StringField(_l("Reason"), [Required()], description=_l("It stays with the booking for ever."))


def _typed_lines() -> list[TypedLine]:
    editions, quantities = request.form.getlist("edition_id"), request.form.getlist("quantity")
    costs = request.form.getlist("unit_cost") or [""] * len(editions)
    lines = []
    for edition, quantity, cost in zip(editions, quantities, costs, strict=False):
        if edition.isascii() and edition.isdigit() and len(edition) < 10:
            quantity, cost = "".join(quantity.split()), cost.strip()
            lines.append(TypedLine(int(edition), quantity, cost, _wrong(quantity, cost)))
    return lines


def _wrong(quantity: str, cost: str) -> str:
    if not (quantity.isascii() and quantity.isdigit() and len(quantity) < 8 and 0 < int(quantity) <= HIGHEST_QUANTITY):
        return gettext(QUANTITY_WRONG)
    if cost and parse_money(cost) is None:
        return gettext("Write an amount like 1299 or 1299,50.")
    return ""


def _cost(text: str) -> Decimal | None:
    return parse_money(text) if text else None
