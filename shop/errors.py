"""The errors of the shop: a code for programs and a translatable text for people."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from flask_babel import format_decimal, gettext


def N_(text: str) -> str:
    """Mark a text for extraction; it is translated when it is shown."""
    return text


CHANGED_MEANWHILE = N_("Somebody changed this while you were editing. Nothing is lost: see below.")
CHANGED_BY = N_("%(who)s changed this while you were editing. Nothing is lost: see below.")


class ShopError(Exception):
    """Something the shop refuses. `code` is stable; `field` names the form field at fault, if one is.

    `lines` has a refusal of its own for each edition at fault, by its id, where a document of many lines is refused.
    """

    def __init__(
        self,
        code: str,
        text: str,
        *,
        field: str | None = None,
        lines: Mapping[int, "ShopError"] | None = None,
        **values: object,
    ) -> None:
        """`text` is plain English marked for translation with `N_`; `values` fill its placeholders when it is shown."""
        super().__init__(code)
        self.code = code
        self.text = text
        self.field = field
        self.lines: Mapping[int, ShopError] = lines or {}
        self.values: Mapping[str, object] = values

    def __str__(self) -> str:
        shown = {name: _shown(value, f"%({name})s" in self.text) for name, value in self.values.items()}
        return gettext(self.text, **shown) if shown else gettext(self.text)


def _shown(value: object, as_text: bool) -> object:
    """An amount, `1 499 ₴`, `1 499,50 ₴`, and a count, `1 978`, as people write them; members of enums in words."""
    word = getattr(value, "word", "")
    if word:
        return gettext(word)
    if isinstance(value, list):
        return ", ".join(str(_shown(each, as_text)) for each in value)
    if isinstance(value, int) and as_text:
        return format_decimal(value)
    if not isinstance(value, Decimal):
        return value
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    return f"{format_decimal(value, pattern)}\N{NO-BREAK SPACE}₴"


class NotFound(ShopError):
    """What was asked for isn't there."""


class Conflict(ShopError):
    """It can't be done in the present state: too few copies, taken by another, changed meanwhile."""


class Invalid(ShopError):
    """What was given can't be right."""


class Busy(ShopError):
    """Others are writing, for too long or crosswise; the same deed may go through a moment later."""

    def __init__(self) -> None:
        super().__init__("busy", N_("Others are writing at this moment. Nothing was saved: try again."))


class Unwritable(ShopError):
    """The database can't be written: its disk is full or read-only."""

    def __init__(self) -> None:
        text = N_("The shop can’t write at this moment. Nothing was saved: keep this page and tell the administrator.")
        super().__init__("unwritable", text)


@contextmanager
def at_row(rows: str, place: int) -> Iterator[None]:
    """A refusal inside the block names the row of its field: `price` becomes `editions-1-price`."""
    try:
        yield
    except ShopError as refusal:
        refusal.field = f"{rows}-{place}-{refusal.field}" if refusal.field else None
        raise
