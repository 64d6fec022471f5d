"""Forms that every job uses: one that does its deed once, one of a row, and one that asks for a reason."""

from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from backoffice.fields import NumberField, Required

LONGEST_KEY = 64


def typed_key(typed: str | None) -> str:
    """The key that was sent, or a new one."""
    return (typed or str(uuid4()))[:LONGEST_KEY]


class EmptyForm(FlaskForm):
    """A form with nothing but the protection against forgery."""


class KeyForm(FlaskForm):
    """A form that does its deed once, however often it is sent."""

    key = HiddenField(default=lambda: str(uuid4()), filters=[typed_key])


class RowForm(KeyForm):
    """A form of a row: the key makes a new one once, the version tells whether a stored one was changed meanwhile.

    `seen` is what the form showed at first and `seen_entry` the newest entry of the audit at that moment; `met` is what
    somebody else has made of it since. Only `conflicts` reads and writes them.
    """

    version = NumberField()
    seen_entry = NumberField()
    seen = HiddenField()
    met = HiddenField()


class ReasonForm(KeyForm):
    """Why something is undone."""

    reason = StringField(_l("Reason"), [Required()], description=_l("It stays with the booking for ever."))
