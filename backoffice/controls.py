"""Fields of forms as HTML: text inputs and selects drawn at once, since a form has dozens; others by their widgets."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup, escape
from wtforms import Field, FieldList, FormField, SelectField
from wtforms.widgets import TextInput

from backoffice.values import words_of


def control(field: Field) -> Markup:
    """The control of a field, marked when its value is refused."""
    told = {"aria-invalid": "true", "aria-describedby": f"{field.id}-error"} if field.errors else {}
    if type(field.widget) is TextInput:
        return Markup(f'<input {_named(field)} type="text" value="{escape(field._value())}"{_attributes(field, told)}>')
    if isinstance(field, SelectField):
        return Markup(f"<select {_named(field)}{_attributes(field, told)}>{_options(field)}</select>")
    return Markup(field(**told))


def marked(form: Any) -> list[Field]:
    """The fields of a form whose values are refused, those of its rows among them, in their order."""
    found: list[Field] = []
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                found += marked(entry.form) if isinstance(entry, FormField) else [entry] if entry.errors else []
        elif isinstance(field, FormField):
            found += marked(field.form)
        elif field.errors:
            found.append(field)
    return found


def _named(field: Field) -> str:
    return f'id="{escape(field.id)}" name="{escape(field.name)}"'


def _options(field: SelectField) -> str:
    drawn = []
    for value, text, selected, *_ in field.iter_choices():
        drawn.append(f'<option{" selected" if selected else ""} value="{escape(value)}">{escape(text)}</option>')
    return "".join(drawn)


def _attributes(field: Field, told: Mapping[str, str]) -> str:
    known: dict[str, Any] = {"required": True} if field.flags.required else {}
    return _written(tuple({**known, **(field.render_kw or {}), **told}.items()))


@lru_cache(maxsize=512)
def _written(attributes: tuple[tuple[str, Any], ...]) -> str:
    """Attributes as they stand in a tag; True is one without a value."""
    shown = [(name, value) for name, value in attributes if value is not False and value is not None]
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in shown)


def init_app(app: Flask) -> None:
    """Give the templates these."""
    app.jinja_env.globals.update(control=control, marked=marked, said=words_of)
