"""The value of a field as a browser would send it back, and as people read it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, Field, FieldList, HiddenField, SelectField, SelectMultipleField, SubmitField
from wtforms.form import BaseForm

from backoffice.fields import HundredthsField, LinkField, MoneyField, NamesField, plain_amount
from shop.catalog.rules.prices import parse_money
from web.formats import money

NOTHING = "—"


def texts_of(field: Field) -> list[str]:
    """What a browser sends of a field: one text, or one for each thing chosen; the same for equal values."""
    data: Any = field.data
    if isinstance(field, BooleanField):
        return ["y"] if data else []
    if isinstance(field, LinkField):
        return [str(each) for each in sorted(data or ())] if field.multiple else [str(data)] if data else []
    if isinstance(field, SelectMultipleField):
        return sorted(str(each) for each in data or ())
    if isinstance(field, NamesField):
        return [", ".join(data or ())]
    if isinstance(data, Decimal):
        return [plain_amount(data)]
    typed = field.raw_data[0] if data is None and field.raw_data else data
    return ["" if typed is None else str(typed).replace("\r\n", "\n").strip()]


def told(form: BaseForm) -> list[tuple[str, str]]:
    """The fields of a form that are typed into, each by its name and value in words."""
    return [
        (str(each.label.text), words_of(each, texts_of(each)))
        for each in form
        if not isinstance(each, HiddenField | SubmitField | FieldList)  # rows are drawn one by one by their page
    ]


def words_of(field: Field, texts: Sequence[str]) -> str:
    """What some texts of a field mean: names of what is chosen, an amount with its currency; a dash for nothing."""
    if isinstance(field, BooleanField):
        return gettext("yes") if texts else gettext("no")
    if not any(texts):
        return NOTHING
    if isinstance(field, LinkField):
        ids = [int(each) for each in texts if each.isascii() and each.isdigit()]
        return ", ".join(name for _, name in field.named(ids)) or NOTHING
    if isinstance(field, SelectField):
        named = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        return ", ".join(named.get(each, each) for each in texts)
    amount = parse_money(texts[0]) if isinstance(field, MoneyField) else None
    return money(amount) if amount is not None and not isinstance(field, HundredthsField) else texts[0]
