"""The form of a game with its editions."""

from collections.abc import Collection, Sequence
from dataclasses import MISSING, fields
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, FieldList, FormField, StringField, SubmitField, TextAreaField
from wtforms import Form as PlainForm

from backoffice.conflicts import is_shut
from backoffice.fields import (
    EnumField,
    HundredthsField,
    LinkField,
    MoneyField,
    NamesField,
    NumberField,
    Required,
    WholeField,
)
from backoffice.forms import RowForm
from shop.accounts.rules import Permission
from shop.audit.fields import may_see
from shop.catalog.models import Category, Game, Mechanic, Publisher
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.catalog.rules.spelling import sort_key
from shop.db import db
from shop.errors import N_, Conflict
from shop.pages.game_form import GameFormPage

FIRST_PRICE = N_("Editions are added by those who may change prices.")


def _names(table: Any, column: Any) -> Any:
    def named(ids: Sequence[int]) -> list[tuple[int, str]]:
        if not ids:
            return []
        rows = db.session.execute(select(table.id, column).where(table.id.in_(ids)).order_by(column))
        return [(row[0], row[1]) for row in rows]

    return named


class EditionForm(PlainForm):
    """One edition; a row of the game's form."""

    id = NumberField()
    language = EnumField(_l("Language"), Language, default=Language.UKRAINIAN)
    condition = EnumField(_l("Condition"), Condition, default=Condition.NEW)
    printing = StringField(_l("Printing"), description=_l("For example “2nd printing, 2026”."))
    sku = StringField(_l("SKU"), description=_l("Leave empty to generate one."))
    ean13 = StringField(_l("Barcode (EAN-13)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    price = MoneyField(_l("Price, ₴"), [Required()], render_kw={"inputmode": "decimal", "autocomplete": "off"})
    cost = MoneyField(_l("Cost, ₴"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    vat_rate = EnumField(_l("VAT"), VatRate, default=VatRate.NONE)
    low_stock_at = WholeField(_l("Low at"), default=2, description=_l("At this many copies or fewer, stock is low."))
    weight_grams = WholeField(_l("Weight, g"))
    length_mm = WholeField(_l("Length, mm"))
    width_mm = WholeField(_l("Width, mm"))
    height_mm = WholeField(_l("Height, mm"))

    def facts(self, stored: Any | None) -> EditionFacts:
        """What was typed; what the person may not change stays as it is."""
        kept = _stored(EditionFacts, stored) if stored else {}
        return EditionFacts(**kept | _typed(self, EditionFacts) | {"id": stored.id if stored else None})


class GameForm(RowForm):
    """A game and its editions."""

    title = StringField(_l("Title in Ukrainian"), [Required()])
    title_original = StringField(_l("Original title"))
    publisher_id = LinkField(
        _l("Publisher"),
        lookup="publishers.lookup",
        named=_names(Publisher, Publisher.name),
        audited="publisher",
        creates=True,
    )
    year = WholeField(_l("Year"))
    min_players = WholeField(_l("Players from"))
    max_players = WholeField(_l("Players to"))
    best_players = WholeField(_l("Best with"))
    min_minutes = WholeField(_l("Minutes from"))
    max_minutes = WholeField(_l("Minutes to"))
    min_age = WholeField(_l("Age from"))
    weight = HundredthsField(_l("Weight"), description=_l("1 is light, 5 is heavy, as on BoardGameGeek."))
    category_ids = LinkField(
        _l("Categories"),
        lookup="categories.lookup",
        named=_names(Category, Category.name),
        audited="categories",
        multiple=True,
    )
    mechanic_ids = LinkField(
        _l("Mechanics"),
        lookup="mechanics.lookup",
        named=_names(Mechanic, Mechanic.name),
        audited="mechanics",
        multiple=True,
    )
    designers = NamesField(_l("Designers"), description=_l("Separate several with commas."))
    description = TextAreaField(_l("Description"), render_kw={"rows": 5})
    bgg_id = WholeField(_l("BoardGameGeek id"))
    is_expansion = BooleanField(_l("This is an expansion"))
    base_game_id = LinkField(
        _l("Base game"), lookup="games.lookup", named=_names(Game, Game.title), audited="base_game"
    )
    editions = FieldList(FormField(EditionForm))
    publish = SubmitField()
    permissions: Collection[str] = ()

    def blank_edition(self) -> EditionForm:
        """An empty row; the page puts a number in place of `__row__`."""
        blank = EditionForm(prefix="editions-__row__-")
        _take_away(blank, self.permissions)
        return blank

    def facts(self) -> GameFacts:
        """What was typed of the game."""
        return GameFacts(**_typed(self, GameFacts))

    def edition_facts(self, stored: Sequence[Any]) -> list[EditionFacts]:
        """What was typed of the editions. Raises Conflict for a new one from who may not set its first price."""
        by_id = {edition.id: edition for edition in stored}
        for place, row in enumerate(self.editions):
            if row.form.id.data not in by_id and Permission.PRICE_WRITE not in self.permissions:
                raise Conflict("price_not_yours", FIRST_PRICE, field=f"editions-{place}-price")
        return [row.form.facts(by_id.get(row.form.id.data or 0)) for row in self.editions]

    def open_for(self, permissions: Collection[str], stored: Sequence[Any]) -> "GameForm":
        """Without the fields that the person may not see, and with the prices that they may not change shut."""
        by_id = {edition.id: edition for edition in stored}
        self.permissions = permissions
        for row in self.editions:
            _take_away(row.form, permissions)
            edition = by_id.get(row.form.id.data or 0)
            if edition is not None and Permission.PRICE_WRITE not in permissions:
                _shut(row.form.price, edition.price)
        return self


def form_data(page: GameFormPage) -> dict[str, Any]:
    """A game as its form shows it at first."""
    return _stored(GameFacts, page.game) | {
        "version": page.game.version,
        "category_ids": page.category_ids,
        "mechanic_ids": page.mechanic_ids,
        "designers": tuple(sorted(page.designers, key=sort_key)),
        "editions": [_stored(EditionFacts, edition) for edition in page.editions],
    }


def _stored(facts: type[Any], row: Any) -> dict[str, Any]:
    """What of a row is a fact of it."""
    return {each.name: getattr(row, each.name) for each in fields(facts) if hasattr(row, each.name)}


def _typed(form: PlainForm, facts: type[Any]) -> dict[str, Any]:
    """The facts that a form has fields for; what was left empty is as it is when nothing is said."""
    typed = {}
    for each in fields(facts):
        if each.name in form and not is_shut(form[each.name]):
            value = form[each.name].data
            typed[each.name] = each.default if value is None and each.default is not MISSING else value
    return typed


def _take_away(form: PlainForm, permissions: Collection[str]) -> None:
    for name in [field.short_name for field in form if not may_see(field.short_name, permissions)]:
        del form[name]


def _shut(field: Any, value: Any) -> None:
    """Shown, but not to be changed: a browser doesn't send it, and what is sent is not read."""
    field.render_kw = {**(field.render_kw or {}), "disabled": True}
    field.validators, field.data, field.raw_data = (), value, None
    field.process_errors = []
