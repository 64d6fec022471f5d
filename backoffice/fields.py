"""Fields that Ukrainian staff type into: money with a comma, whole numbers, choices from long lists."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from flask import render_template
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup
from wtforms import Field, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from shop.catalog.rules.prices import parse_money
from shop.words import Worded
from web.labels import choices


class MoneyField(StringField):
    """Hryvnias as people type them: `1299`, `1 299,50`, `1299.50 ₴`."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else plain_amount(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text to Decimal; what isn't an amount stays as it was typed."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = parse_money(typed) if typed else None
        if typed and self.data is None:
            raise ValueError(lazy_gettext("Write an amount like 1299 or 1299,50."))


class HundredthsField(MoneyField):
    """A number with at most two places, comma or point: the weight of a game."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text to Decimal."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = parse_money(typed) if typed else None
        if typed and self.data is None:
            raise ValueError(lazy_gettext("Write a number like 2,5."))


class WholeField(IntegerField):
    """A whole number that may be left out."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        options["render_kw"] = {"inputmode": "numeric", "autocomplete": "off"} | options.get("render_kw", {})
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text to int; empty is none."""
        typed = "".join(valuelist[0].split()) if valuelist else ""
        if not typed:
            self.data = None
            return
        digits = typed.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            raise ValueError(lazy_gettext("Write a whole number."))
        self.data = int(typed)


class LinkField(Field):
    """One or several rows of a long list, found by typing; holds ids, shows names.

    `lookup` is the endpoint that answers a search, `named` turns ids into (id, name) for what is chosen already,
    `audited` is the name under which the audit tells of it.
    """

    data: Any

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        lookup: str,
        named: Callable[[Sequence[int]], Sequence[tuple[int, str]]],
        audited: str = "",
        multiple: bool = False,
        creates: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.lookup, self.named, self.audited = lookup, named, audited
        self.multiple, self.creates = multiple, creates

    def process_formdata(self, valuelist: list[str]) -> None:
        """The ids out of the hidden inputs; anything else is dropped."""
        ids = [int(value) for value in valuelist if value.isascii() and value.isdigit() and len(value) < 10]
        self.data = frozenset(ids) if self.multiple else (ids[0] if ids else None)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Also refuses what was typed but not chosen: it would be lost without a word."""
        super().process(formdata, data, extra_filters)
        typed = (formdata.get(f"{self.name}-typed", "") if formdata else "").strip()
        if typed:
            self.process_errors = [gettext("Choose “%(typed)s” from the list, or clear the field.", typed=typed)]

    @property
    def chosen(self) -> Sequence[tuple[int, str]]:
        """What is chosen now, with names."""
        ids = self.data if self.multiple else [self.data]
        return self.named([each for each in ids or [] if each])

    def __call__(self, **_: Any) -> Markup:
        """Drawn by a template of its own."""
        return Markup(render_template("backoffice/_link_field.html", field=self))


class NumberField(HiddenField):
    """A whole number that travels with the form unseen: a version, what was on the shelf; 0 when it isn't one."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text to int."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


class Boxes(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False, html_tag="ul")
    option_widget = CheckboxInput()


class EnumField(SelectField):
    """A select of an enum's members; holds the member."""

    def __init__(self, label: Any = None, enum: type[Worded] | None = None, **options: Any) -> None:
        super().__init__(label, choices=lambda: choices(enum) if enum else [], coerce=enum or str, **options)


class NamesField(StringField):
    """Names with commas between them; holds a tuple of them."""

    data: Any

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Text to names."""
        names = (name.strip() for name in (valuelist[0] if valuelist else "").split(","))
        self.data = tuple(name for name in names if name)


def plain_amount(amount: Decimal) -> str:
    """`1299` or `1299,50`: what the person would type."""
    whole = amount == amount.to_integral_value()
    return str(int(amount)) if whole else format(amount, ".2f").replace(".", ",")


class Required:
    """The field must not be empty; said in words of ours."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Stops at the first error: a malformed value has been told already."""
        if field.errors:
            raise StopValidation
        if field.data in (None, "", []):
            raise StopValidation(str(lazy_gettext("Fill in this field.")))
