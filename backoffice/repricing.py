"""The form that changes many prices: of a publisher, of a category, or of editions that were ticked in a list."""

from decimal import Decimal

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField

from backoffice.base import number_in
from backoffice.fields import Required
from shop.catalog.models import Category
from shop.catalog.queries.publishers import publishers_named
from shop.catalog.queries.vocabulary import all_words
from shop.catalog.rules.prices import MOST, Rounding, parse_money
from shop.catalog.rules.wishes import Wish
from web.labels import choices


def _publishers() -> list[tuple[str, str]]:
    return [("", gettext("any")), *((str(each.id), each.name) for each in publishers_named("", limit=2000))]


def _categories() -> list[tuple[str, str]]:
    return [("", gettext("any")), *((each.slug, each.name) for each in all_words(Category))]


class RepriceForm(FlaskForm):
    """Which prices, by how much, rounded how, and why."""

    publisher = SelectField(_l("Publisher"), choices=_publishers, default="")
    category = SelectField(_l("Category"), choices=_categories, default="")
    percent = StringField(_l("Change, %"), [Required()], description=_l("7 raises, −5 lowers."))
    rounding = SelectField(_l("Round"), choices=lambda: choices(Rounding), default=Rounding.NINE)
    reason = StringField(_l("Reason"), [Required()], description=_l("It stays in the history of each price."))
    editions = HiddenField()

    def change(self) -> Decimal | None:
        """The per cent as a number; None when it can't be read."""
        text = (self.percent.data or "").strip().replace("−", "-").removesuffix("%").strip()
        amount = parse_money(text.removeprefix("-").removeprefix("+"))
        return -amount if amount and text.startswith("-") else amount

    def asked(self) -> str:
        """All that decides which prices change and how, as one text to compare."""
        chosen = (self.publisher, self.category, self.percent, self.rounding, self.editions)
        return "|".join(str(field.data or "").strip() for field in chosen)

    def chosen(self) -> list[int]:
        """The editions that were ticked in a list, by their ids; none when the publisher and the category decide."""
        ids = map(number_in, (self.editions.data or "").split(","))
        return [each for each in ids if each is not None][:MOST]

    def wanted(self) -> Wish:
        """The games whose editions change."""
        publisher_id = int(self.publisher.data) if self.publisher.data else None
        return Wish(publisher_id=publisher_id, category=self.category.data or "")
