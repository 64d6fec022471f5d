"""The form of a row as a browser would send it back."""

from tests.hostile.page_forms import form_with


def typed(page: str) -> dict[str, list[str]]:
    """The fields of the page's form of a row, untouched; lists of texts by their names."""
    fields: dict[str, list[str]] = {}
    for name, value in form_with(page, "key", "version").fields:
        fields.setdefault(name, []).append(value)
    return fields
