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
from shop.catalog.queries.editions import edition_ids_by_code
from shop.catalog.rules.codes import LONGEST_CODE, SHORTEST_CODE
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


@dataclass(frozen=True)
class TypedCode:
    """A code that was scanned and is no line yet: nothing is booked while it waits. `box` is one that stood aside."""

    code: str
    quantity: str = "1"
    box: str = ""


def location_choices() -> list[tuple[str, str]]:
    """The locations that can be chosen."""
    return [(str(location.id), location.name) for location in usable_locations()]


class LinesForm(KeyForm):
    """Editions and quantities at a location."""

    location_id = SelectField(_l("Location"), choices=location_choices)

    typed: Sequence[TypedLine] = ()
    waiting: Sequence[TypedCode] = ()
    boxes: Sequence[tuple[int, int]] = ()
    """Boxes that stood aside, each with the edition that they turned out to be."""
    changes_lines = False
    found_now = False

    def read_lines(self, first: Sequence[TypedLine] = (), codes: Sequence[TypedCode] = ()) -> None:
        """Take the lines out of the request, or begin with some; a code that names an edition becomes its line."""
        self.typed, self.waiting = first, codes
        if request.method == "POST":
            self.typed, self.waiting = _typed_lines(), _typed_codes()
            self.boxes = _typed_boxes()
            self._read_scan_field()
            self._drop()
        self._look_codes_up()

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuses lines that can't be read, and codes that nobody has sorted out."""
        if self.changes_lines:
            return False
        whole = super().validate(extra_validators)
        if not self.typed and not self.waiting:
            self.form_errors.append(gettext("Scan or choose at least one edition."))
        if self.waiting:
            self.form_errors.append(gettext("Nothing is booked while a code is unknown: sort it out or remove it."))
        elif self.found_now:
            self.form_errors.append(gettext("A code has just been recognised. Look at its line, then book."))
        return (
            whole
            and bool(self.typed)
            and not (self.waiting or self.found_now or any(line.error for line in self.typed))
        )

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

    def _read_scan_field(self) -> None:
        """What stands in the scan field without a script: a code, or the quantity of the newest line."""
        scanned = " ".join(request.form.get("scan", "").split())[:LONGEST_CODE]
        if not scanned:
            return
        self.changes_lines = True
        if len(scanned) < SHORTEST_CODE and scanned.isascii() and scanned.isdigit() and self.typed:
            newest = replace(self.typed[0], quantity=scanned, error=_wrong(scanned, self.typed[0].unit_cost))
            self.typed = [newest, *self.typed[1:]]
        else:
            self.waiting = [TypedCode(scanned), *self.waiting]

    def _drop(self) -> None:
        """A line or a code whose button «Remove» sent the form."""
        line, code = request.form.get("drop_line"), request.form.get("drop_code")
        if line or code:
            self.changes_lines = True
            self.typed = [each for each in self.typed if str(each.edition_id) != line]
            self.waiting = [each for each in self.waiting if each.code != code]
            self.boxes = [each for each in self.boxes if str(each[0]) != line]

    def _look_codes_up(self) -> None:
        known = edition_ids_by_code([each.code for each in self.waiting]) if self.waiting else {}
        for each in self.waiting:
            if each.code in known:
                self._add(known[each.code], each)
        self.found_now = bool(known)
        self.waiting = [each for each in self.waiting if each.code not in known]

    def _add(self, edition_id: int, found: TypedCode) -> None:
        """The copies of a code that is known now: to the line of its edition, or as the newest line."""
        if _is_id(found.box):
            self.boxes = [*self.boxes, (edition_id, int(found.box))]
        lines, quantity = list(self.typed), found.quantity
        for place, line in enumerate(lines):
            if line.edition_id == edition_id and not line.error and not _wrong(quantity, ""):
                lines[place] = replace(line, quantity=str(int(line.quantity) + int(quantity)))
                break
        else:
            lines.insert(0, TypedLine(edition_id, quantity, "", _wrong(quantity, "")))
        self.typed = lines


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


def _typed_codes() -> list[TypedCode]:
    codes, quantities = request.form.getlist("waiting_code"), request.form.getlist("waiting_quantity")
    boxes = request.form.getlist("waiting_box") or [""] * len(codes)
    rows = zip(codes, quantities, boxes, strict=False)
    return [TypedCode(code[:LONGEST_CODE], "".join(quantity.split()), box) for code, quantity, box in rows if code]


def _typed_boxes() -> list[tuple[int, int]]:
    """`7:12`: box 12 goes into the line of edition 7."""
    pairs = [each.split(":") for each in request.form.getlist("box_id")]
    return [(int(pair[0]), int(pair[1])) for pair in pairs if len(pair) == 2 and all(map(_is_id, pair))]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _typed_lines() -> list[TypedLine]:
    editions, quantities = request.form.getlist("edition_id"), request.form.getlist("quantity")
    costs = request.form.getlist("unit_cost") or [""] * len(editions)
    lines = []
    for edition, quantity, cost in zip(editions, quantities, costs, strict=False):
        if _is_id(edition):
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
