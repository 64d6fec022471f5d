"""The form of a game with its editions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm

from backoffice.fields import EnumField, HundredthsField, LinkField, MoneyField, NumberField, Required, WholeField
from shop.audit.queries import Entry
from shop.audit.rules import plain
from shop.catalog.models import Category, Edition, Game, Mechanic, Publisher
from shop.catalog.rules.editions import Condition, Language, VatRate
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.db import db
from web.labels import choices


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
    language = EnumField(_l("Language"), choices=lambda: choices(Language), default=Language.UKRAINIAN)
    condition = EnumField(_l("Condition"), choices=lambda: choices(Condition), default=Condition.NEW)
    printing = StringField(_l("Printing"), description=_l("For example “2nd printing, 2026”."))
    sku = StringField(_l("SKU"), description=_l("Left empty, it is made up."))
    ean13 = StringField(_l("Barcode (EAN-13)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    price = MoneyField(_l("Price, ₴"), [Required()], render_kw={"inputmode": "decimal", "autocomplete": "off"})
    cost = MoneyField(_l("Cost, ₴"), render_kw={"inputmode": "decimal", "autocomplete": "off"})
    vat_rate = EnumField(_l("VAT"), choices=lambda: choices(VatRate), default=VatRate.NONE)
    low_stock_at = WholeField(_l("Low at"), default=2, description=_l("So few copies or fewer are called low."))
    weight_grams = WholeField(_l("Weight, g"))
    length_mm = WholeField(_l("Length, mm"))
    width_mm = WholeField(_l("Width, mm"))
    height_mm = WholeField(_l("Height, mm"))

    def facts(self, stored: Edition | None, *, may_price: bool, may_cost: bool) -> EditionFacts:
        """What was typed; prices that the person may not change stay as they are."""
        return EditionFacts(
            id=stored.id if stored else None,
            language=Language(self.language.data),
            condition=Condition(self.condition.data),
            printing=self.printing.data or "",
            sku=self.sku.data or "",
            ean13=self.ean13.data or "",
            price=self.price.data if may_price or stored is None else stored.price,
            cost=self.cost.data if may_cost else (stored.cost if stored else None),
            vat_rate=VatRate(self.vat_rate.data),
            low_stock_at=2 if self.low_stock_at.data is None else self.low_stock_at.data,
            weight_grams=self.weight_grams.data,
            length_mm=self.length_mm.data,
            width_mm=self.width_mm.data,
            height_mm=self.height_mm.data,
        )


class GameForm(FlaskForm):
    """A game and its editions."""

    version = NumberField()
    seen_entry = NumberField()
    title = StringField(_l("Title in Ukrainian"), [Required()])
    title_original = StringField(_l("Original title"))
    publisher_id = LinkField(
        _l("Publisher"), lookup="publishers.lookup", named=_names(Publisher, Publisher.name), creates=True
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
        _l("Categories"), lookup="categories.lookup", named=_names(Category, Category.name), multiple=True
    )
    mechanic_ids = LinkField(
        _l("Mechanics"), lookup="mechanics.lookup", named=_names(Mechanic, Mechanic.name), multiple=True
    )
    designers = StringField(_l("Designers"), description=_l("Several are separated by commas."))
    description = TextAreaField(_l("Description"), render_kw={"rows": 5})
    bgg_id = WholeField(_l("BoardGameGeek id"))
    is_expansion = BooleanField(_l("This is an expansion"))
    base_game_id = LinkField(_l("Base game"), lookup="games.lookup", named=_names(Game, Game.title))
    editions = FieldList(FormField(EditionForm))

    def blank_edition(self) -> EditionForm:
        """An empty row; the page puts a number in place of `__row__`."""
        return EditionForm(prefix="editions-__row__-")

    def facts(self) -> GameFacts:
        """What was typed of the game."""
        return GameFacts(
            title=self.title.data or "",
            title_original=self.title_original.data or "",
            publisher_id=self.publisher_id.data,
            year=self.year.data,
            min_players=self.min_players.data,
            max_players=self.max_players.data,
            best_players=self.best_players.data,
            min_minutes=self.min_minutes.data,
            max_minutes=self.max_minutes.data,
            min_age=self.min_age.data,
            weight=self.weight.data,
            description=self.description.data or "",
            bgg_id=self.bgg_id.data,
            is_expansion=self.is_expansion.data,
            base_game_id=self.base_game_id.data,
            category_ids=frozenset(self.category_ids.data or ()),
            mechanic_ids=frozenset(self.mechanic_ids.data or ()),
            designers=tuple(name.strip() for name in (self.designers.data or "").split(",")),
        )


def form_data(game: Game, editions: Sequence[Edition]) -> dict[str, Any]:
    """A game as its form shows it at first."""
    plain = {name: getattr(game, name) for name in GameForm.__dict__ if hasattr(Game, name) and name != "designers"}
    return plain | {
        "category_ids": [category.id for category in game.categories],
        "mechanic_ids": [mechanic.id for mechanic in game.mechanics],
        "designers": ", ".join(designer.name for designer in game.designers),
        "editions": [{name: getattr(edition, name) for name in _EDITION} for edition in editions],
    }


_EDITION = (
    "id",
    "language",
    "condition",
    "printing",
    "sku",
    "ean13",
    "price",
    "cost",
    "vat_rate",
    "low_stock_at",
    "weight_grams",
    "length_mm",
    "width_mm",
    "height_mm",
)


def take_theirs(form: GameForm, between: Sequence[Entry], game: Game, editions: Sequence[Edition]) -> None:
    """Put what somebody else saved into the fields that this person left as they were; what they typed stays."""
    rows = {row.form.id.data: row.form for row in form.editions}
    now = form_data(game, editions)
    stored = {edition["id"]: edition for edition in now["editions"]}
    for entry in between:
        of_game = entry.subject_kind == "game"
        target = form if of_game else rows.get(entry.subject_id)
        saved = now if of_game else stored.get(entry.subject_id, {})
        for audited, (was, _) in entry.changes.items():
            name = _FIELDS.get(audited, audited)
            if target is not None and name in target and name in saved and _same(target[name], was):
                target[name].data, target[name].raw_data = saved[name], None


_FIELDS = {
    "publisher": "publisher_id",
    "base_game": "base_game_id",
    "categories": "category_ids",
    "mechanics": "mechanic_ids",
}
"""Fields of the form that the audit writes by names instead of numbers."""


def _same(field: Any, was: Any) -> bool:
    """Whether a field still holds what the audit says was there before; amounts are compared as numbers."""
    typed = field.data
    if isinstance(field, LinkField):
        names = sorted(name for _, name in field.chosen)
        return names == (sorted(was or []) if field.multiple else [was] if was else [])
    if field.short_name == "designers":
        return sorted(name.strip() for name in (typed or "").split(",") if name.strip()) == sorted(was or [])
    if isinstance(typed, Decimal) and was is not None:
        return typed == Decimal(was)
    return bool(plain(typed or None) == (was or None))
