"""Forms that every job uses: one that does its deed once, and one that asks for a reason."""

from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from backoffice.fields import Required


class EmptyForm(FlaskForm):
    """A form with nothing but the protection against forgery."""


class KeyForm(FlaskForm):
    """A form that does its deed once, however often it is sent."""

    key = HiddenField(default=lambda: str(uuid4()), filters=[lambda typed: (typed or str(uuid4()))[:64]])


class ReasonForm(KeyForm):
    """Why something is undone."""

    reason = StringField(_l("Reason"), [Required()], description=_l("It stays with the booking for ever."))
